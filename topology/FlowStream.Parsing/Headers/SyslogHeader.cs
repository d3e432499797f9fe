namespace FlowStream.Parsing.Headers;

/// <summary>
/// The header of RFC 5424 section 6.2: <c>&lt;PRI&gt;1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID</c>, and where the structured data starts.
/// An empty HOSTNAME between two blanks, which some releases print, is read as none; a line break counts as a blank.
/// </summary>
internal static class SyslogHeader
{
    // PRI is at most three digits, 191 the highest (RFC 5424 section 6.2.1).
    private const int MaxPriDigits = 3;
    private const int MaxPri = 191;

    /// <summary>Reads the header of <paramref name="message"/>.</summary>
    public static Refusal Read(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        header = default;
        int position = ReadPriAndVersion(message);
        if (position < 0) return new Refusal(RefusalReason.NoSyslogHeader);
        TextSlice timestamp = Token(message, ref position);
        DeviceTime? time = null;
        if (!IsNil(message, timestamp))
        {
            if (!TimestampReader.TryRead(Slice(message, timestamp), out DeviceTime read))
                return new Refusal(RefusalReason.BadTimestamp, timestamp.Offset);
            time = read;
        }
        TextSlice host = Token(message, ref position);
        Token(message, ref position);
        Token(message, ref position);
        TextSlice messageId = Token(message, ref position);
        header = new MessageHeader
        {
            Time = time,
            Host = IsNil(message, host) ? new TextSlice(host.Offset, 0) : host,
            Tag = messageId,
            Body = position < message.Length && message[position] == '[' ? MessageBody.JunosStructured : MessageBody.None,
            Position = position,
        };
        return default;
    }

    private static int ReadPriAndVersion(ReadOnlySpan<byte> message)
    {
        if (message.Length < 2 || message[0] != '<') return -1;
        int i = 1, pri = 0;
        while (i < message.Length && i <= MaxPriDigits && char.IsAsciiDigit((char)message[i])) pri = (pri * 10) + message[i++] - '0';
        if (i == 1 || pri > MaxPri) return -1;
        return message[i..].StartsWith(">1 "u8) ? i + 3 : -1;
    }

    // Leaves the position behind the blank that ends the token.
    private static TextSlice Token(ReadOnlySpan<byte> message, ref int position)
    {
        int start = position;
        while (position < message.Length && message[position] is not ((byte)' ' or (byte)'\n')) position++;
        var token = new TextSlice(start, position - start);
        if (position < message.Length) position++;
        return token;
    }

    private static bool IsNil(ReadOnlySpan<byte> message, TextSlice token) => token.Length == 1 && message[token.Offset] == '-';

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> message, TextSlice slice) => message.Slice(slice.Offset, slice.Length);
}
