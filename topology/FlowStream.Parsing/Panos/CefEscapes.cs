namespace FlowStream.Parsing.Panos;

/// <summary>
/// Resolves the escapes of a CEF extension in place: a backslash before an equals sign, a pipe or a backslash goes. CEF also has
/// <c>\n</c> and <c>\r</c> for line ends, but no value of a session log holds one, and devices print users unescaped
/// (<c>corp\nina</c>): any other backslash is part of the value.
/// </summary>
internal ref struct CefEscapes
{
    private readonly SessionEvent _event;
    private int _next;

    /// <summary>For values from <paramref name="position"/> on.</summary>
    public CefEscapes(SessionEvent into, int position)
    {
        _event = into;
        _next = Find(position);
    }

    /// <summary>Resolves the escapes of a value; values come in the order in which they stand in the message.</summary>
    /// <returns>The value, shorter by what went.</returns>
    public TextSlice Resolve(TextSlice value)
    {
        int end = value.Offset + value.Length;
        if (_next < value.Offset) _next = Find(value.Offset);
        if (_next >= end) return value;
        _next = Find(end);
        return value with { Length = Unescape(_event.Bytes(value)) };
    }

    private readonly int Find(int position)
    {
        int found = _event.Message[position..].IndexOf((byte)'\\');
        return found < 0 ? int.MaxValue : position + found;
    }

    private static int Unescape(Span<byte> value)
    {
        int written = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (byte)'\\' or (byte)'=' or (byte)'|') i++;
            value[written++] = value[i];
        }
        return written;
    }
}
