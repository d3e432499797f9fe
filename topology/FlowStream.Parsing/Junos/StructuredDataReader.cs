using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Walks the parameters of a message's structured data (RFC 5424 section 6.3) in the order they were printed. What a device prints
/// properly (<c> name="value"</c>, one blank between two, a bracket behind the last) is read at the speed of finding quotes; from the
/// first fault on <see cref="DamagedParameter"/> reads the rest, and all of a message that holds typographic quotes. Elements whose
/// SD-ID RFC 5424 section 7 reserves come from relays, not from the device, and are passed over.
/// </summary>
internal ref struct StructuredDataReader
{
    private static readonly SearchValues<byte> EndOfId = SearchValues.Create(" \t\r\n=]\""u8);

    private readonly ReadOnlySpan<byte> _message;
    private readonly bool _mayHoldEscapes;
    private QuoteScanner _quotes;
    private int _parameters;
    private bool _skipElement;
    private bool _damaged;

    // One byte before the next parameter: a blank, the bracket that opens or closes the element, or the end of an SD-ID glued to it.
    private int _position;
    private int _elementStart;

    /// <summary>Starts at the structured data of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="position">Of the bracket, or where it is missing; greater than 0.</param>
    /// <param name="mayHoldUnusual">False when the message is known to hold neither a backslash nor a byte outside ASCII.</param>
    public StructuredDataReader(ReadOnlySpan<byte> message, int position, bool mayHoldUnusual = true)
    {
        _message = message;
        _quotes = new QuoteScanner(message);
        if (mayHoldUnusual)
        {
            ReadOnlySpan<byte> data = message[position..];
            int unusual = data.IndexOfAny((byte)'\\', QuoteMark.TypographicStart);
            _mayHoldEscapes = unusual >= 0;
            _damaged = unusual >= 0 && QuoteMark.HasTypographic(data[unusual..]);
        }
        bool bracket = position < message.Length && message[position] == '[';
        if (!bracket) Repairs = Repair.MissingOpeningBracket;
        OpenElement(bracket ? position : position - 1);
    }

    /// <summary>The name of the current parameter; may hold bytes that no name has, see <see cref="TryRepair"/>.</summary>
    public TextSlice Key { get; private set; }

    /// <summary>The value of the current parameter, escapes not yet resolved, blanks around it not yet removed.</summary>
    public TextSlice Value { get; private set; }

    /// <summary>True when the value holds a backslash, so that escapes have to be looked for.</summary>
    public bool HasBackslash { get; private set; }

    /// <summary>What was wrong up to here and was read all the same.</summary>
    public Repair Repairs { get; private set; }

    /// <summary>After <see cref="MoveNext"/> returned false: none at the end, else what is wrong.</summary>
    public Refusal Fault { get; private set; }

    /// <summary>True while there are neither faults nor backslashes, and the parameters are the device's.</summary>
    public readonly bool IsProper => !_damaged && !_mayHoldEscapes && !_skipElement;

    /// <summary>One byte before the next parameter.</summary>
    public readonly int Position => _position;

    /// <summary>How many more parameters a message may have.</summary>
    public readonly int ParametersLeft => ParserLimits.MaxParameters - _parameters;

    /// <summary>Goes on behind parameters that were read without it: at the blank or the bracket behind the last of them.</summary>
    public void GoOn(int position, int parametersLeft)
    {
        _position = position;
        _parameters = ParserLimits.MaxParameters - parametersLeft;
    }

    /// <summary>Moves to the next parameter of the device.</summary>
    /// <returns>False at the end of the structured data and at a fault.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        while (!_damaged)
        {
            if (_message[_position] == ']')
            {
                if (!OpenNextElement()) return false;
                continue;
            }
            int name = _position + 1;
            _quotes.Seek(name);
            int open = _quotes.Next();
            if (open - name < 2 || _message[open - 1] != '=') break;
            int close = _quotes.Next();
            HasBackslash = false;
            if (_mayHoldEscapes && close >= 0) close = SkipEscapedQuotes(open, close);
            if ((uint)close >= (uint)(_message.Length - 1) || _message[close + 1] is not ((byte)' ' or (byte)']')) break;
            if (++_parameters > ParserLimits.MaxParameters) return Fail(RefusalReason.TooManyParameters, name);
            _position = close + 1;
            if (_skipElement) continue;
            Key = new TextSlice(name, open - 1 - name);
            Value = new TextSlice(open + 1, close - open - 1);
            return true;
        }
        return MoveNextDamaged();
    }

    /// <summary>
    /// To be called for a key that is not known. Where it holds bytes that no name has, two names or a name and blanks were taken for one:
    /// the next <see cref="MoveNext"/> reads this parameter again and more carefully.
    /// </summary>
    /// <returns>False when the key is a proper name.</returns>
    public bool TryRepair()
    {
        if (_damaged || _message.Slice(Key.Offset, Key.Length).IndexOfAnyExcept(DamagedParameter.NameBytes) < 0) return false;
        _damaged = true;
        _position = Key.Offset - 1;
        _parameters--;
        return true;
    }

    private bool MoveNextDamaged()
    {
        _damaged = true;
        while (true)
        {
            Repair repairs = Repairs;
            ParameterOutcome outcome = DamagedParameter.Read(
                _message, _position == _elementStart, ref _position, ref repairs, out TextSlice key, out TextSlice value);
            Repairs = repairs;
            switch (outcome)
            {
                case ParameterOutcome.Malformed:
                    return Fail(RefusalReason.MalformedParameter, _position);
                case ParameterOutcome.EndOfMessage:
                    Repairs |= Repair.MissingClosingBracket;
                    return false;
                case ParameterOutcome.EndOfElement:
                    if (!OpenNextElement()) return false;
                    continue;
            }
            if (++_parameters > ParserLimits.MaxParameters) return Fail(RefusalReason.TooManyParameters, key.Offset);
            if (_skipElement) continue;
            Key = key;
            Value = value;
            HasBackslash = _message.Slice(value.Offset, value.Length).Contains((byte)'\\');
            return true;
        }
    }

    private bool Fail(RefusalReason reason, int position)
    {
        Fault = new Refusal(reason, position);
        return false;
    }

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

    private bool OpenNextElement()
    {
        if (_position + 1 >= _message.Length || _message[_position + 1] != '[') return false;
        OpenElement(_position + 1);
        return true;
    }

    private void OpenElement(int bracket)
    {
        _position = _elementStart = EndOfSdId(bracket);
    }

    // "[name=" has no SD-ID: the on-box reports of Junos print it so.
    private int EndOfSdId(int bracket)
    {
        ReadOnlySpan<byte> rest = _message[(bracket + 1)..];
        int length = rest.IndexOfAny(EndOfId);
        if (length < 0)
        {
            _damaged = true;
            return _message.Length;
        }
        ReadOnlySpan<byte> id = rest[..length];
        _damaged |= rest[length] is (byte)'\t' or (byte)'\r' or (byte)'\n';
        _skipElement = false;
        if (rest[length] is (byte)'=' or (byte)'"')
        {
            int glued = DamagedParameter.GluedIdLength(id);
            if (glued > 0) Repairs |= Repair.SdIdSeparator;
            return bracket + glued;
        }
        _skipElement = id.SequenceEqual("meta"u8) || id.SequenceEqual("origin"u8) || id.SequenceEqual("timeQuality"u8);
        return bracket + 1 + length;
    }
}
