using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Walks the parameters of a message's structured data (RFC 5424 section 6.3) in the order they were printed. It reads what devices
/// print, which is more than the RFC allows: an element without SD-ID, line breaks for blanks, no blank between two parameters.
/// Elements whose SD-ID RFC 5424 section 7 reserves come from relays, not from the device, and are passed over.
/// </summary>
internal ref struct StructuredDataReader
{
    // PARAM-NAME, RFC 5424 section 6.3.3: printable US-ASCII except '=', ']' and '"'.
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        [.. Enumerable.Range(33, 94).Select(i => (byte)i).Except("=]\""u8.ToArray())]);

    private static readonly SearchValues<byte> EndOfId = SearchValues.Create(" \t\r\n=]\""u8);

    private readonly ReadOnlySpan<byte> _message;
    private readonly bool _mayHoldEscapes;
    private QuoteScanner _quotes;
    private int _position;
    private int _parameters;
    private bool _skipElement;

    /// <summary>Starts at the bracket at <paramref name="position"/>.</summary>
    public StructuredDataReader(ReadOnlySpan<byte> message, int position)
    {
        _message = message;
        _mayHoldEscapes = message[position..].Contains((byte)'\\');
        _quotes = new QuoteScanner(message, position);
        _position = position;
        OpenElement();
    }

    /// <summary>The name of the current parameter; may hold bytes that no name has, see <see cref="IsName"/>.</summary>
    public TextSlice Key { get; private set; }

    /// <summary>The value of the current parameter, escapes not yet resolved.</summary>
    public TextSlice Value { get; private set; }

    /// <summary>True when the value holds a backslash, so that escapes have to be looked for.</summary>
    public bool HasBackslash { get; private set; }

    /// <summary>After <see cref="MoveNext"/> returned false: none at the regular end, else what is wrong.</summary>
    public Refusal Fault { get; private set; }

    /// <summary>True when <paramref name="key"/> is a PARAM-NAME.</summary>
    public static bool IsName(ReadOnlySpan<byte> key) => key.IndexOfAnyExcept(NameBytes) < 0;

    /// <summary>Moves to the next parameter of the device.</summary>
    /// <returns>False at the end of the structured data and at a fault.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        while (true)
        {
            int position = SkipBlanks(_position);
            if ((uint)position >= (uint)_message.Length) return Fail(RefusalReason.UnterminatedStructuredData, _message.Length);
            if (_message[position] == ']')
            {
                if (!OpenNextElement(position + 1)) return false;
                continue;
            }
            int open = _quotes.Next();
            if (open < 0) return Fail(FaultWithoutQuote(position), position);
            if (open - position < 2 || _message[open - 1] != '=') return Fail(RefusalReason.MalformedParameter, position);
            int close = _quotes.Next();
            HasBackslash = false;
            if (_mayHoldEscapes && close >= 0) close = SkipEscapedQuotes(open, close);
            if (close < 0) return Fail(RefusalReason.UnterminatedStructuredData, _message.Length);
            if (++_parameters > ParserLimits.MaxParameters) return Fail(RefusalReason.TooManyParameters, position);
            _position = close + 1;
            if (_skipElement) continue;
            Key = new TextSlice(position, open - 1 - position);
            Value = new TextSlice(open + 1, close - open - 1);
            return true;
        }
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SkipBlanks(int position)
    {
        while ((uint)position < (uint)_message.Length && IsBlank(_message[position])) position++;
        return position;
    }

    private bool Fail(RefusalReason reason, int position)
    {
        Fault = new Refusal(reason, position);
        return false;
    }

    private readonly RefusalReason FaultWithoutQuote(int position) => _message[position..].Contains((byte)']')
        ? RefusalReason.MalformedParameter
        : RefusalReason.UnterminatedStructuredData;

    // A quote after an odd number of backslashes belongs to the value (RFC 5424 section 6.3.3).
    private int SkipEscapedQuotes(int open, int close)
    {
        while (close >= 0)
        {
            int backslashes = 0;
            while (_message[close - 1 - backslashes] == '\\') backslashes++;
            if ((backslashes & 1) == 0) break;
            close = _quotes.Next();
        }
        if (close >= 0) HasBackslash = _message[(open + 1)..close].Contains((byte)'\\');
        return close;
    }

    private bool OpenNextElement(int position)
    {
        if (position >= _message.Length || _message[position] != '[') return false;
        _position = position;
        OpenElement();
        return true;
    }

    // Leaves the position at the first parameter. "[name=" has no SD-ID: the on-box reports of Junos print it so.
    private void OpenElement()
    {
        int start = _position + 1;
        int end = _message[start..].IndexOfAny(EndOfId);
        ReadOnlySpan<byte> id = end < 0 ? [] : _message.Slice(start, end);
        bool noId = end < 0 || _message[start + end] is (byte)'=' or (byte)'"';
        _position = noId ? start : start + end;
        _skipElement = !noId && (id.SequenceEqual("meta"u8) || id.SequenceEqual("origin"u8) || id.SequenceEqual("timeQuality"u8));
    }
}
