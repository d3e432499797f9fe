using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// Messages that are known by their first words: sentences of Junos whose tag travels elsewhere, and the line that a syslog daemon writes
/// for lines it left out.
/// </summary>
internal static class SentenceStart
{
    // Other daemons close sessions too. In these sentences an arrow between two endpoints follows; the longest reason has some 40 bytes,
    // an IPv6 address and its port 45.
    private const int MaxBytesToArrow = 128;

    private static readonly (byte[] Words, int Tag)[] Sentences =
    [
        ("session created "u8.ToArray(), TagTable.NumberOf("RT_FLOW_SESSION_CREATE"u8)),
        ("session closed "u8.ToArray(), TagTable.NumberOf("RT_FLOW_SESSION_CLOSE"u8)),
        ("session denied "u8.ToArray(), TagTable.NumberOf("RT_FLOW_SESSION_DENY"u8)),
        ("AppTrack session created "u8.ToArray(), TagTable.NumberOf("APPTRACK_SESSION_CREATE"u8)),
        ("AppTrack session closed "u8.ToArray(), TagTable.NumberOf("APPTRACK_SESSION_CLOSE"u8)),
        ("AppTrack volume update:"u8.ToArray(), TagTable.NumberOf("APPTRACK_SESSION_VOL_UPDATE"u8)),
        ("AppTrack route update:"u8.ToArray(), TagTable.NumberOf("APPTRACK_SESSION_ROUTE_UPDATE"u8)),
        ("AppTrack app update:"u8.ToArray(), TagTable.NumberOf("APPTRACK_SESSION_APP_UPDATE"u8)),
    ];

    /// <summary>Looks at the start of <paramref name="rest"/>, which stands at <paramref name="position"/> of the message.</summary>
    public static bool TryFind(ReadOnlySpan<byte> rest, int position, out FoundBody body)
    {
        body = default;
        switch (rest[0])
        {
            case (byte)'s' or (byte)'A':
                return TryFindSentence(rest, position, out body);
            case (byte)'l' when rest.StartsWith("last message repeated "u8):
                return TryFindRepeat("last message repeated "u8.Length, rest, position, out body);
            case (byte)'m' when rest.StartsWith("message repeated "u8):
                return TryFindRepeat("message repeated "u8.Length, rest, position, out body);
            default:
                return false;
        }
    }

    private static bool TryFindSentence(ReadOnlySpan<byte> rest, int position, out FoundBody body)
    {
        foreach ((byte[] words, int tag) in Sentences)
        {
            if (!rest.StartsWith(words)) continue;
            body = new FoundBody(MessageBody.JunosSentence, position, TagNumber: tag);
            ReadOnlySpan<byte> sentence = rest[words.Length..];
            return sentence[..Math.Min(sentence.Length, MaxBytesToArrow)].IndexOf("->"u8) >= 0;
        }
        body = default;
        return false;
    }

    private static bool TryFindRepeat(int number, ReadOnlySpan<byte> rest, int position, out FoundBody body)
    {
        body = new FoundBody(MessageBody.RepeatCount, position + number);
        return number < rest.Length && char.IsAsciiDigit((char)rest[number]) && !IsInsideOther(rest[number..]);
    }

    // The words end the line, or rsyslog's copy of the line follows after a colon; before anything else they are part of it, and what they
    // stand in is not lost.
    private static bool IsInsideOther(ReadOnlySpan<byte> rest)
    {
        int times = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (times < 0 || !rest[times..].StartsWith(" times"u8)) return false;
        ReadOnlySpan<byte> behind = rest[(times + " times".Length)..];
        return !behind.IsEmpty && behind[0] != ':';
    }
}
