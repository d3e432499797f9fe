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
        _commas = new CommaScanner(_line, position, line.Commas);
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

    /// <summary>Where the next columns end, as far as that is known; the last column of the line is not among them.</summary>
    public readonly ReadOnlySpan<int> Ends => _commas.Ahead;

    /// <summary>Where the next column begins.</summary>
    public readonly int Next => _next;

    /// <summary>Goes on behind the first <paramref name="columns"/> of <see cref="Ends"/>, which were read without it.</summary>
    public void GoOn(int columns, int next)
    {
        _commas.Skip(columns);
        Column += columns;
        _next = next;
    }

    /// <summary>Moves to the next column that is not empty.</summary>
    /// <returns>False at the end of the line and at a fault.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        int start = _next, end = start, column = Column;
        while (start <= _line.Length)
        {
            end = _commas.Next();
            column++;
            if (end != start) break;
            start = end + 1;
        }
        Column = column;
        if (column > ParserLimits.MaxParameters || start >= _line.Length) return End(start);
        if (_line[start] is (byte)'"' or (byte)'\\' or (byte)'{') return MoveOverMarked(start, end);
        return Take(start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(int start, int end)
    {
        Value = new TextSlice(start, end - start);
        _next = end + 1;
        return true;
    }

    // Behind the last column, or at one too many.
    private bool End(int start)
    {
        _next = _line.Length + 1;
        return Column > ParserLimits.MaxParameters && Fail(RefusalReason.TooManyParameters, Math.Min(start, _line.Length));
    }

    private bool Fail(RefusalReason reason, int position)
    {
        Fault = new Refusal(reason, position);
        return false;
    }

    // The comma is the first one behind the start.
    private bool MoveOverMarked(int start, int comma)
    {
        if (_line[start] == '"') return MoveOverQuoted(start, comma);
        if (_line[start] == '{' && Column == PanosColumns.LinkSwitches) return MoveOverBraces(start, comma);
        return IsByte(start, '\\') && IsByte(start + 1, '"') ? MoveOverEscapedQuotes(start, comma) : Take(start, comma);
    }

    private bool MoveOverQuoted(int start, int comma)
    {
        bool escaped = false;
        for (int quote = NextQuote(start + 1); quote < _line.Length; quote = NextQuote(quote + 1))
        {
            if (EndsColumn(quote + 1)) return TakeQuoted(new TextSlice(start + 1, quote - start - 1), quote + 1, comma, escaped);
            escaped = true;
            if (IsByte(quote + 1, '"')) quote++;
            else _event.Repairs |= _line[quote - 1] == '\\' ? Repair.EscapedQuotes : Repair.StrayQuote;
        }
        return Fail(RefusalReason.MalformedColumns, start);
    }

    private bool MoveOverEscapedQuotes(int start, int comma)
    {
        _event.Repairs |= Repair.EscapedQuotes;
        for (int quote = NextQuote(start + 3); quote < _line.Length; quote = NextQuote(quote + 1))
        {
            if (_line[quote - 1] != '\\' || !EndsColumn(quote + 1)) continue;
            return TakeQuoted(new TextSlice(start + 2, quote - start - 3), quote + 1, comma, escaped: false);
        }
        return Fail(RefusalReason.MalformedColumns, start);
    }

    // The commas inside are passed over, and the one that ends the column.
    private bool TakeQuoted(TextSlice value, int end, int comma, bool escaped)
    {
        while (comma < end) comma = _commas.Next();
        Value = escaped ? value with { Length = Unquote(_event.Bytes(value)) } : value;
        _next = end + 1;
        return true;
    }

    private bool MoveOverBraces(int start, int comma)
    {
        int end = comma;
        while (end < _line.Length && _line[end - 1] != '}') end = _commas.Next();
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
