using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Walks the columns of a line that are not empty.
/// <list type="bullet">
/// <item>A column that begins with a quote ends at a quote before a comma or the end; quotes in it are doubled (RFC 4180 section 2). A
/// single one in it stands for itself, less the backslash before it: no device escapes so, but those who copy its lines.</item>
/// <item>A column whose outer quotes are escaped (<c>\"a,b\"</c>) ends at an escaped quote before a comma or the end.</item>
/// <item>A quote in a column that begins otherwise is a character like any other, and so is a backslash.</item>
/// <item><see cref="PanosColumns.LinkSwitches"/> may be a list in braces whose commas are bare.</item>
/// </list>
/// </summary>
internal ref struct CsvReader
{
    private readonly SessionEvent _event;
    private readonly ReadOnlySpan<byte> _line;
    private CommaScanner _commas;
    private int _next;

    /// <summary>Starts at the first column.</summary>
    /// <param name="line">The event whose message is the line; what is escaped is resolved in it.</param>
    /// <param name="position">Where the first column begins.</param>
    /// <param name="missing">How many columns of the full line come before it.</param>
    public CsvReader(SessionEvent line, int position, int missing)
    {
        _event = line;
        _line = line.Message;
        _commas = new CommaScanner(_line, position);
        _next = position;
        Column = missing;
    }

    /// <summary>The position of the column in a full line, from 1; after the last one the number of columns.</summary>
    public int Column { get; private set; }

    /// <summary>The value of the column, without its quotes.</summary>
    public TextSlice Value { get; private set; }

    /// <summary>True when no column follows.</summary>
    public readonly bool IsLast => _next > _line.Length;

    /// <summary>After <see cref="MoveNext"/> returned false: none at the end of the line, else what is wrong.</summary>
    public Refusal Fault { get; private set; }

    /// <summary>Moves to the next column that is not empty.</summary>
    /// <returns>False at the end of the line and at a fault.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        int start = _next;
        if (start > _line.Length) return false;
        Column += _commas.SkipRun(ref start) + 1;
        if (Column > ParserLimits.MaxParameters) return Fail(RefusalReason.TooManyParameters, start);
        if (start == _line.Length) return End();
        if (_line[start] is (byte)'"' or (byte)'\\' or (byte)'{') return MoveOverMarked(start);
        return Take(start, _commas.Next());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(int start, int end)
    {
        Value = new TextSlice(start, end - start);
        _next = end + 1;
        return true;
    }

    // The last column is empty.
    private bool End()
    {
        _next = _line.Length + 1;
        return false;
    }

    private bool Fail(RefusalReason reason, int position)
    {
        Fault = new Refusal(reason, position);
        return false;
    }

    private bool MoveOverMarked(int start)
    {
        if (_line[start] == '"') return MoveOverQuoted(start);
        if (_line[start] == '{' && Column == PanosColumns.LinkSwitches) return MoveOverBraces(start);
        return IsByte(start, '\\') && IsByte(start + 1, '"') ? MoveOverEscapedQuotes(start) : Take(start, _commas.Next());
    }

    private bool MoveOverQuoted(int start)
    {
        bool escaped = false;
        for (int quote = NextQuote(start + 1); quote < _line.Length; quote = NextQuote(quote + 1))
        {
            if (EndsColumn(quote + 1)) return TakeQuoted(start + 1, quote, quote + 1, escaped);
            escaped = true;
            if (IsByte(quote + 1, '"')) quote++;
            else _event.Repairs |= _line[quote - 1] == '\\' ? Repair.EscapedQuotes : Repair.StrayQuote;
        }
        return Fail(RefusalReason.MalformedColumns, start);
    }

    private bool MoveOverEscapedQuotes(int start)
    {
        _event.Repairs |= Repair.EscapedQuotes;
        for (int quote = NextQuote(start + 3); quote < _line.Length; quote = NextQuote(quote + 1))
        {
            if (_line[quote - 1] == '\\' && EndsColumn(quote + 1)) return TakeQuoted(start + 2, quote - 1, quote + 1, escaped: false);
        }
        return Fail(RefusalReason.MalformedColumns, start);
    }

    private bool TakeQuoted(int from, int to, int end, bool escaped)
    {
        Take(from, to);
        if (escaped) Value = Value with { Length = Unquote(_event.Bytes(Value)) };
        _next = end + 1;
        _commas.Seek(_next);
        return true;
    }

    private bool MoveOverBraces(int start)
    {
        int end;
        do end = _commas.Next();
        while (end < _line.Length && _line[end - 1] != '}');
        return _line[end - 1] == '}' ? Take(start, end) : Fail(RefusalReason.MalformedColumns, start);
    }

    private readonly bool IsByte(int position, char value) => position < _line.Length && _line[position] == value;

    private readonly bool EndsColumn(int position) => position == _line.Length || _line[position] == ',';

    private readonly int NextQuote(int from)
    {
        int quote = from < _line.Length ? _line[from..].IndexOf((byte)'"') : -1;
        return quote < 0 ? _line.Length : from + quote;
    }

    // Of a pair of quotes one stays, and a single one without the backslash before it.
    private static int Unquote(Span<byte> value)
    {
        int written = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '"' && IsQuote(value, i + 1)) i++;
            else if (value[i] == '\\' && IsQuote(value, i + 1) && !IsQuote(value, i + 2)) i++;
            value[written++] = value[i];
        }
        return written;
    }

    private static bool IsQuote(ReadOnlySpan<byte> value, int position) => position < value.Length && value[position] == '"';
}
