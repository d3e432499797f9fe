namespace FlowStream.Parsing.Headers;

/// <summary>
/// Reads what stands before the fields of a message. The header of RFC 5424 that current releases print is read in one pass; every other
/// form is found from the body backwards.
/// </summary>
internal static class HeaderReader
{
    // Longest header looked through: two relays' times and names in front of the device's own.
    private const int MaxHeaderBytes = 512;

    /// <summary>Reads the header of <paramref name="message"/>.</summary>
    public static Refusal Read(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        Refusal refusal = SyslogHeader.Read(message, out header);
        if (refusal.Accepted && header.Body != MessageBody.None) return refusal;
        return TryFindBody(message, ref header) ? default : refusal.Accepted
            ? new Refusal(RefusalReason.UnknownTag, header.Tag.Offset)
            : refusal;
    }

    private static bool TryFindBody(ReadOnlySpan<byte> message, ref MessageHeader header)
    {
        ReadOnlySpan<byte> head = message[..Math.Min(message.Length, MaxHeaderBytes)];
        int position = head.IndexOf("CEF:"u8);
        if (position >= 0) return Found(MessageBody.Cef, position, default, ref header);
        position = head.IndexOf("LEEF:"u8);
        if (position >= 0) return Found(MessageBody.Leef, position, default, ref header);
        position = head.IndexOf(",TRAFFIC,"u8);
        if (position >= 0)
        {
            int columns = head[..position].LastIndexOf((byte)' ');
            columns = columns < 0 ? 0 : head[..columns].LastIndexOf((byte)' ') + 1;
            return Found(MessageBody.PanosCsv, columns, default, ref header);
        }
        return TryFindTag(message, head, ref header);
    }

    private static bool TryFindTag(ReadOnlySpan<byte> message, ReadOnlySpan<byte> head, ref MessageHeader header)
    {
        int start = 0;
        while (start < head.Length)
        {
            int length = head[start..].IndexOfAny(" :[\n"u8);
            if (length < 0) return false;
            if (Junos.TagTable.Find(head.Slice(start, length)) is not null)
            {
                int position = start + length;
                while (position < message.Length && message[position] is (byte)' ' or (byte)':') position++;
                MessageBody body = position < message.Length && message[position] == '[' ? MessageBody.JunosStructured : MessageBody.JunosSentence;
                return Found(body, position, new TextSlice(start, length), ref header);
            }
            start += length + 1;
        }
        return false;
    }

    private static bool Found(MessageBody body, int position, TextSlice tag, ref MessageHeader header)
    {
        header = new MessageHeader { Time = header.Time, Host = header.Host, Tag = tag, Body = body, Position = position };
        return true;
    }
}
