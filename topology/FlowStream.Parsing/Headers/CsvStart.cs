namespace FlowStream.Parsing.Headers;

/// <summary>
/// Finds the first column of a PAN-OS line. The columns begin <c>1,2026/05/01 08:28:10,SERIAL,TRAFFIC,</c>; the first of them may be empty
/// or missing, and nothing but a blank divides them from the header.
/// </summary>
internal ref struct CsvStart
{
    private const int MaxFirstColumnDigits = 10;

    private readonly ReadOnlySpan<byte> _head;

    // Where the type stands, or -1; looked for when it is first asked for.
    private int? _traffic;

    /// <summary>Looks in <paramref name="head"/>.</summary>
    public CsvStart(ReadOnlySpan<byte> head) => _head = head;

    /// <summary>True when the word at <paramref name="position"/> begins the columns of a log of any type.</summary>
    public bool IsAt(int position)
    {
        ReadOnlySpan<byte> rest = _head[position..];
        int digits = Digits.Count(rest, MaxFirstColumnDigits);
        if (digits < rest.Length && rest[digits] == ',' && (BeginsWithDate(rest[(digits + 1)..]) || IsBeforeType(position))) return true;
        if (!BeginsWithDate(rest)) return false;
        int end = rest.IndexOfAny(HeaderBytes.Blanks);
        return IsBeforeType(position) || (end < 0 ? rest : rest[..end]).Contains((byte)',');
    }

    private bool IsBeforeType(int position) => (_traffic ??= _head.IndexOf(",TRAFFIC,"u8)) >= position;

    // 2026/05/01 and its like: the form differs between releases and templates.
    private static bool BeginsWithDate(ReadOnlySpan<byte> text)
    {
        int digits = Digits.Count(text, 4);
        return digits > 0 && digits + 1 < text.Length && text[digits] is (byte)'/' or (byte)'-'
            && char.IsAsciiDigit((char)text[digits + 1]);
    }
}
