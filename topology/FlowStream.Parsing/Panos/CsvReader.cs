using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Walks the columns of a line that are not empty. Commas and quotes are found 64 bytes at a time as a mask with one bit for each, so that
/// an empty column costs a few instructions.
/// <list type="bullet">
/// <item>A column in quotes may hold commas, and quotes that are doubled (RFC 4180 section 2). A backslash before a quote that does not
/// end the column escapes it too, which no device does, but those who copy its lines; elsewhere a backslash is a backslash.</item>
/// <item>A column whose quotes themselves are escaped (<c>\"a,b\"</c>) is the same.</item>
/// <item>A quote inside a column that does not begin with one is a character like any other.</item>
/// <item><see cref="PanosColumns.LinkSwitches"/> may be a list in braces whose commas are bare.</item>
/// </list>
/// </summary>
internal ref struct CsvReader
{
    private const int BlockBytes = 64;

    private readonly SessionEvent _event;
    private readonly ReadOnlySpan<byte> _message;
    private int _block;
    private ulong _marks;
    private int _next;

    /// <summary>Starts at the first column.</summary>
    /// <param name="line">The event whose message is the line; what is escaped is resolved in it.</param>
    /// <param name="position">Where the first column begins.</param>
    /// <param name="missing">How many columns of the full line come before it.</param>
    public CsvReader(SessionEvent line, int position, int missing)
    {
        _event = line;
        _message = line.Message;
        _block = _next = position;
        _marks = position < _message.Length ? ReadBlock(position) : 0;
        Column = missing;
    }

    /// <summary>The position of the column in a full line, from 1; after the last one the number of columns.</summary>
    public int Column { get; private set; }

    /// <summary>The value of the column, without its quotes.</summary>
    public TextSlice Value { get; private set; }

    /// <summary>True when no column follows.</summary>
    public readonly bool IsLast => _next > _message.Length;

    /// <summary>After <see cref="MoveNext"/> returned false: none at the end of the line, else what is wrong.</summary>
    public Refusal Fault { get; private set; }

    /// <summary>Moves to the next column that is not empty.</summary>
    /// <returns>False at the end of the line and at a fault.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        int start = _next, column = Column;
        while (start <= _message.Length)
        {
            if (++column > ParserLimits.MaxParameters) return Fail(RefusalReason.TooManyParameters, start);
            int end = NextMark();
            if (end == start && EndsColumn(end))
            {
                start++;
                continue;
            }
            Column = column;
            if (column == PanosColumns.LinkSwitches && _message[start] == '{') return MoveOverBraces(start, end);
            if (!EndsColumn(end)) return MoveOverQuotes(start, end);
            return Take(start, end - start, end);
        }
        Column = column;
        _next = start;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(int start, int length, int end)
    {
        Value = new TextSlice(start, length);
        _next = end + 1;
        return true;
    }

    private bool Fail(RefusalReason reason, int position)
    {
        Fault = new Refusal(reason, position);
        return false;
    }

    // The first quote is at position mark; what decides is where in the column that is.
    private bool MoveOverQuotes(int start, int mark)
    {
        if (mark == start) return MoveOverQuoted(start);
        if (mark == start + 1 && _message[start] == '\\') return MoveOverEscapedQuotes(start);
        _event.Repairs |= Repair.StrayQuote;
        while (!EndsColumn(mark)) mark = NextMark();
        return Take(start, mark - start, mark);
    }

    private bool MoveOverQuoted(int start)
    {
        bool escaped = false;
        for (int quote = NextQuote(); quote < _message.Length; quote = NextQuote())
        {
            if (EndsColumn(quote + 1))
            {
                Value = new TextSlice(start + 1, quote - start - 1);
                if (escaped) Value = Value with { Length = Unquote(_event.Bytes(Value)) };
                _next = quote + 2;
                NextMark();
                return true;
            }
            escaped = true;
            if (_message[quote + 1] == '"') NextMark();
            else _event.Repairs |= _message[quote - 1] == '\\' ? Repair.EscapedQuotes : Repair.StrayQuote;
        }
        return Fail(RefusalReason.MalformedColumns, start);
    }

    private bool MoveOverEscapedQuotes(int start)
    {
        _event.Repairs |= Repair.EscapedQuotes;
        for (int quote = NextQuote(); quote < _message.Length; quote = NextQuote())
        {
            if (_message[quote - 1] != '\\' || !EndsColumn(quote + 1)) continue;
            NextMark();
            return Take(start + 2, quote - start - 3, quote + 1);
        }
        return Fail(RefusalReason.MalformedColumns, start);
    }

    private bool MoveOverBraces(int start, int mark)
    {
        while (!EndsColumn(mark) || _message[mark - 1] != '}')
        {
            if (mark == _message.Length) return Fail(RefusalReason.MalformedColumns, start);
            mark = NextMark();
        }
        return Take(start, mark - start, mark);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool EndsColumn(int position) => position == _message.Length || _message[position] == ',';

    private int NextQuote()
    {
        int mark = NextMark();
        while (mark < _message.Length && _message[mark] == ',') mark = NextMark();
        return mark;
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

    // The next comma or quote, or the end of the line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextMark()
    {
        while (_marks == 0)
        {
            _block += BlockBytes;
            if (_block >= _message.Length) return EndOfLine();
            _marks = ReadBlock(_block);
        }
        int position = _block + BitOperations.TrailingZeroCount(_marks);
        _marks &= _marks - 1;
        return position;
    }

    // The block stays at the end, or calls after it would count it up without bound.
    private int EndOfLine() => _block = _message.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong ReadBlock(int start)
    {
        int remaining = _message.Length - start;
        ref byte first = ref MemoryMarshal.GetReference(_message);
        if (remaining >= BlockBytes) return Marks(ref Unsafe.Add(ref first, start));
        return ReadTail(start, remaining);
    }

    // Whole blocks end at the end of the line instead of running over it; a line shorter than a block is read byte by byte.
    private readonly ulong ReadTail(int start, int remaining)
    {
        if (_message.Length >= BlockBytes)
        {
            ref byte first = ref MemoryMarshal.GetReference(_message);
            return Marks(ref Unsafe.Add(ref first, _message.Length - BlockBytes)) >> (BlockBytes - remaining);
        }
        ulong marks = 0;
        for (int i = 0; i < remaining; i++)
        {
            if (_message[start + i] is (byte)',' or (byte)'"') marks |= 1UL << i;
        }
        return marks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Marks(ref byte block)
    {
        uint low = Marks(Vector256.LoadUnsafe(ref block)), high = Marks(Vector256.LoadUnsafe(ref block, 32));
        return low | ((ulong)high << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Marks(Vector256<byte> bytes) => (Vector256.Equals(bytes, Vector256.Create((byte)','))
        | Vector256.Equals(bytes, Vector256.Create((byte)'"'))).ExtractMostSignificantBits();
}
