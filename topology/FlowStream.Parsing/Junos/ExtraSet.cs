namespace FlowStream.Parsing.Junos;

/// <summary>
/// Which keys of <see cref="JunosExtras"/> a message has had: one bit each, in two words. Memory on the stack would do as well, but a loop
/// beside it is compiled once for all and never again with what was learnt from running it.
/// </summary>
internal struct ExtraSet
{
    private ulong _low;
    private ulong _high;

    /// <summary>Adds key <paramref name="index"/>, below 64 times <see cref="JunosExtras.SeenWords"/>.</summary>
    /// <returns>False when it was there.</returns>
    public bool Add(int index)
    {
        ulong bit = 1UL << index;
        return index < 64 ? AddTo(ref _low, bit) : AddTo(ref _high, bit);
    }

    private static bool AddTo(ref ulong word, ulong bit)
    {
        bool added = (word & bit) == 0;
        word |= bit;
        return added;
    }
}
