using System.Buffers;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Walks the <c>key=value</c> pairs of a CEF extension or of LEEF attributes in the order they were printed.
/// <list type="bullet">
/// <item>Between blanks (CEF, and LEEF as Strata Logging Service prints it) a value may hold blanks itself: it ends at the last blank
/// before the next <c>key=</c>. An equals sign without a key before it, such as an escaped one, belongs to the value.</item>
/// <item>With any other delimiter (LEEF) a pair ends at the delimiter, and the first equals sign ends its key.</item>
/// </list>
/// Each byte is looked at a fixed number of times, whatever the message holds.
/// </summary>
internal ref struct ExtensionReader
{
    // CEF keys are alphanumeric; Strata's hold hyphens (PanOSX-Forwarded-ForIP), templates made by hand dots and underscores.
    private static readonly SearchValues<byte> KeyBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private readonly ReadOnlySpan<byte> _message;
    private readonly byte _delimiter;
    private TextSlice _nextKey;
    private int _position;

    // What the header says becomes an extra too.
    private int _pairs = 1;

    /// <summary>Starts at the first pair.</summary>
    /// <param name="message">The message.</param>
    /// <param name="position">Where the pairs begin.</param>
    /// <param name="delimiter">What stands between two pairs.</param>
    public ExtensionReader(ReadOnlySpan<byte> message, int position, byte delimiter)
    {
        _message = message;
        _delimiter = delimiter;
        _position = position;
        SkipDelimiters();
        if (delimiter == ' ' && _position < message.Length) OpenFirstPair();
    }

    /// <summary>The key of the current pair.</summary>
    public TextSlice Key { get; private set; }

    /// <summary>The value of the current pair, escapes not yet resolved; blanks may stand around it.</summary>
    public TextSlice Value { get; private set; }

    /// <summary>After <see cref="MoveNext"/> returned false: none at the regular end, else what is wrong.</summary>
    public Refusal Fault { get; private set; }

    /// <summary>Moves to the next pair.</summary>
    /// <returns>False at the end of the message and at a fault.</returns>
    public bool MoveNext()
    {
        if (!Fault.Accepted || _position >= _message.Length) return false;
        if (++_pairs > ParserLimits.MaxParameters) return Fail(RefusalReason.TooManyParameters, _position);
        return _delimiter == ' ' ? MoveBetweenBlanks() : MoveToDelimiter();
    }

    // The position is that of the key that comes next, so that the last pair, whose value may be empty, is not lost.
    private bool MoveBetweenBlanks()
    {
        int start = _nextKey.Offset + _nextKey.Length + 1;
        Key = _nextKey;
        int from = start;
        while (true)
        {
            int found = _message[from..].IndexOf((byte)'=');
            if (found < 0) break;
            int equals = from + found;
            from = equals + 1;
            int key = KeyBefore(start, equals);
            if (key < 0) continue;
            Value = new TextSlice(start, key - start);
            _nextKey = new TextSlice(key, equals - key);
            _position = key;
            return true;
        }
        Value = new TextSlice(start, _message.Length - start);
        _position = _message.Length;
        return true;
    }

    // Where the key that ends at an equals sign begins, or -1 when the sign is part of a value. A backslash is no byte of a key, so that
    // an escaped sign has none before it.
    private readonly int KeyBefore(int start, int equals)
    {
        int blank = start + _message[start..equals].LastIndexOfAnyExcept(KeyBytes);
        bool isKey = blank >= start && blank + 1 < equals && _message[blank] <= ' ';
        return isKey ? blank + 1 : -1;
    }

    private bool MoveToDelimiter()
    {
        int length = _message[_position..].IndexOf(_delimiter);
        if (length < 0) length = _message.Length - _position;
        int key = _message.Slice(_position, length).IndexOf((byte)'=');
        if (key <= 0 || _message.Slice(_position, key).IndexOfAnyExcept(KeyBytes) >= 0)
            return Fail(RefusalReason.MalformedExtension, _position);
        Key = new TextSlice(_position, key);
        Value = new TextSlice(_position + key + 1, length - key - 1);
        _position += length;
        SkipDelimiters();
        return true;
    }

    private void OpenFirstPair()
    {
        int key = _message[_position..].IndexOf((byte)'=');
        if (key <= 0 || _message.Slice(_position, key).IndexOfAnyExcept(KeyBytes) >= 0)
            Fail(RefusalReason.MalformedExtension, _position);
        _nextKey = new TextSlice(_position, key);
    }

    // Templates end in a delimiter, or were wrapped where one stands.
    private void SkipDelimiters()
    {
        while (_position < _message.Length && (_message[_position] == _delimiter || _message[_position] <= ' ')) _position++;
    }

    private bool Fail(RefusalReason reason, int position)
    {
        Fault = new Refusal(reason, position);
        return false;
    }
}
