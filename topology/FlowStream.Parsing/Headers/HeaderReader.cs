using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// Reads what stands before the fields of a message. The header of RFC 5424 that current releases print in front of structured data is
/// read in one pass by itself, and so is the usual one of RFC 3164; every other form goes through <see cref="HeaderScanner"/>.
/// </summary>
internal static class HeaderReader
{
    // A frame's octet count has few digits, see SyslogFramer.MaxCountDigits.
    private const int MaxCountDigits = 7;

    /// <summary>Reads the header of <paramref name="message"/>, which has no blanks around it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="header">What was found, the time and the host also when the message is refused.</param>
    public static Refusal Read(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        if (!SyslogHeader.TryRead(message, out header) && !LegacyHeader.TryRead(message, out header))
        {
            Refusal refusal = Scan(message, out header);
            if (!refusal.Accepted) return refusal;
        }
        // Only here can a count that stands behind the message be told from its text.
        if (header.Body == MessageBody.JunosStructured && char.IsAsciiDigit((char)message[^1]) && EndsInCount(message))
            header.Repairs |= Repair.TrailingCount;
        return default;
    }

    // Kept apart: a scanner takes room that would be cleared for every message.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Refusal Scan(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        var scanner = new HeaderScanner(message);
        return scanner.Read(out header);
    }

    private static bool EndsInCount(ReadOnlySpan<byte> message)
    {
        int end = message.Length;
        while (end > 0 && message.Length - end < MaxCountDigits && char.IsAsciiDigit((char)message[end - 1])) end--;
        while (end > 0 && HeaderBytes.IsBlank(message[end - 1])) end--;
        return end > 1 && message[end - 1] == ']' && message[end - 2] is (byte)'"' or (byte)' ';
    }
}
