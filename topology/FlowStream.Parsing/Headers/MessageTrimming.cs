namespace FlowStream.Parsing.Headers;

/// <summary>What transports and files leave around a message: a byte order mark before it, line ends, blanks and NULs after it.</summary>
internal static class MessageTrimming
{
    /// <summary>The message without them.</summary>
    /// <param name="message">The message as received.</param>
    /// <param name="start">Position of the result in <paramref name="message"/>.</param>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> message, out int start)
    {
        start = message.StartsWith("\uFEFF"u8) ? 3 : 0;
        int end = message.Length;
        while (end > start && message[end - 1] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t' or 0) end--;
        return message[start..end];
    }
}
