namespace FlowStream.Parsing.Junos;

/// <summary>
/// Which keys came after which in the messages of each tag: devices of one release print the keys of a message in one order, so that the
/// next key is mostly known before it is read. Of several releases four keys are known at each place. A wrong guess costs a lookup, and
/// changes nothing else.
/// </summary>
internal sealed class KeySequences
{
    /// <summary>Bits of one pattern in what <see cref="Of"/> says.</summary>
    public const int PatternBits = 16;

    /// <summary>The bits of the lowest pattern in what <see cref="Of"/> says.</summary>
    public const ulong PatternMask = (1 << PatternBits) - 1;

    private readonly ulong[] _next = new ulong[Enum.GetValues<EventTag>().Length * KeyPattern.All.Length];

    /// <summary>
    /// For messages with <paramref name="tag"/>, after each pattern of <see cref="KeyPattern.All"/>, those that came there: each in
    /// <see cref="PatternBits"/>, the one learnt last in the lowest, 0 where there is none. The first of as many as there are patterns.
    /// </summary>
    public ref ulong Of(EventTag tag) => ref _next[(int)tag * KeyPattern.All.Length];

    /// <summary>Adds <paramref name="pattern"/> to those that came at a place, for the oldest of them where all four are known.</summary>
    public static void Learn(ref ulong known, int pattern)
    {
        for (ulong others = known; others != 0; others >>= PatternBits)
        {
            if ((ushort)others == pattern) return;
        }
        known = (known << PatternBits) | (uint)pattern;
    }
}
