using System.Buffers;

namespace FlowStream.Producers.Framing;

/// <summary>
/// Finds where a second message begins in bytes that were framed as one: senders that join messages with nothing between them, counts that
/// are too large, and streams whose first bytes are the rest of a message. A message begins with the header of RFC 5424
/// (<c>&lt;14&gt;1 2026-05-01T</c>) or of RFC 3164 (<c>&lt;14&gt;May </c>), perhaps after its octet count, and straight after what is no
/// blank: a relay that puts its own header in front of a device's leaves one between them.
/// </summary>
internal static class MessageBoundary
{
    /// <summary>Most bytes of a message that have to be seen to know that one begins: count, PRI, version and date.</summary>
    public const int MaxBytes = 24;

    private const int MaxCountDigits = 5;
    private const int MaxPriDigits = 3;

    // What a message ends with in front of another's count; a digit there is part of the count, any other byte of a text.
    private static readonly SearchValues<byte> EndsBeforeCount = SearchValues.Create("]\n"u8);

    // A PRI after one of these is quoted in a value, or stands behind a relay's header, or behind a byte order mark, which ends in BF.
    private static readonly SearchValues<byte> NoEnd = SearchValues.Create([.. " \t\"'=<"u8, 0xBF]);

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Where the second message begins, or -1 when there is none.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        int position = 1;
        while (position < bytes.Length)
        {
            int bracket = bytes[position..].IndexOf((byte)'<');
            if (bracket < 0) return -1;
            position += bracket;
            int start = position;
            if (TryStepOverCount(bytes, ref start) && BeginsMessage(bytes[position..], bytes[start - 1] == '\n')) return start;
            position++;
        }
        return -1;
    }

    // Moves back to the count in front of a PRI where one is; false when what stands before cannot be the end of a message.
    private static bool TryStepOverCount(ReadOnlySpan<byte> bytes, ref int position)
    {
        if (bytes[position - 1] != ' ') return !NoEnd.Contains(bytes[position - 1]);
        int start = position - 1;
        while (start > 0 && position - start <= MaxCountDigits && char.IsAsciiDigit((char)bytes[start - 1])) start--;
        if (start == position - 1 || start == 0 || bytes[start] == '0' || !EndsBeforeCount.Contains(bytes[start - 1])) return false;
        position = start;
        return true;
    }

    // Behind a line end the PRI is enough: only a frame with a wrong count has a line end inside and a header behind it.
    private static bool BeginsMessage(ReadOnlySpan<byte> text, bool afterLineEnd)
    {
        int digits = CountDigits(text[1..], MaxPriDigits);
        if (digits == 0 || digits + 1 >= text.Length || text[digits + 1] != '>') return false;
        if (afterLineEnd) return true;
        ReadOnlySpan<byte> header = text[(digits + 2)..];
        if (header.Length > 3 && header[3] == ' ' && Months.IndexOf(header[..3]) is >= 0 and int month) return month % 3 == 0;
        return header.Length >= "1 2026-05-01T".Length && header.StartsWith("1 "u8) && CountDigits(header[2..], 4) == 4
            && header[6] == '-' && header[9] == '-' && header[12] == 'T';
    }

    private static int CountDigits(ReadOnlySpan<byte> text, int most)
    {
        int count = 0;
        while (count < most && count < text.Length && char.IsAsciiDigit((char)text[count])) count++;
        return count;
    }
}
