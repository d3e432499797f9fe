using System.Buffers;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// The header of RFC 3164 section 4.1 as nearly all devices print it: <c>&lt;PRI&gt;May  1 08:28:10 HOST </c>, behind it
/// <c>RT_FLOW: </c> and a tag of Junos, or a PAN-OS log. It takes only what <see cref="HeaderScanner"/> reads the same way.
/// </summary>
internal static class LegacyHeader
{
    private static readonly SearchValues<byte> InHost =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"u8);

    /// <summary>Reads the header of <paramref name="message"/>.</summary>
    /// <returns>False when it is of another form, or what follows cannot be read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        header = default;
        ReadOnlySpan<byte> head = message[..Math.Min(message.Length, HeaderScanner.MaxHeaderBytes)];
        int position = SyslogHeader.PriorityBytes(head);
        if (position == 0 || !StampReader.TryReadUsual(head[position..], out DeviceTime time, out int length)) return false;
        int host = position + length + 1;
        int end = EndOfHost(head, host);
        if (end < 0) return false;
        position = end + 1;
        if (head[position..].StartsWith("RT_FLOW: "u8)) position += "RT_FLOW: ".Length;
        if (!BeginsBody(head[position..]) || !new BodyFinder(message, head).TryFind(position, out FoundBody body)) return false;
        if (body.Reason != RefusalReason.None || message[position..body.Position].IndexOfAny((byte)'\n', (byte)'\r') >= 0) return false;
        // Set where it is: it need not be copied.
        header.Time = time;
        header.Host = new TextSlice(host, end - host);
        header.Tag = body.Tag;
        header.TagNumber = body.TagNumber;
        header.Body = body.Body;
        header.Position = body.Position;
        return true;
    }

    // The blank behind the host, or -1. A name that begins with a small letter is no tag and no program.
    private static int EndOfHost(ReadOnlySpan<byte> head, int start)
    {
        if (head[start] is < (byte)'a' or > (byte)'z') return -1;
        int length = head[start..].IndexOfAnyExcept(InHost);
        bool isHost = length > 0 && head[start + length] == ' ' && !HeaderWords.IsFacilityAndSeverity(head.Slice(start, length));
        return isHost ? start + length : -1;
    }

    // What is no PRI, no time and no version, which may come more than once.
    private static bool BeginsBody(ReadOnlySpan<byte> rest) => rest.Length > 3 && rest[3] != ' '
        && (rest[0] is (byte)'R' or (byte)'A' or (byte)'C' or (byte)'L' || (char.IsAsciiDigit((char)rest[0]) && rest[1] == ','));
}
