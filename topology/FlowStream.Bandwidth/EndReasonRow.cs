namespace FlowStream.Bandwidth;

/// <summary>The reasons for which the sessions of one row ended.</summary>
internal sealed class EndReasonRow
{
    /// <summary>Sums by the number of the reason.</summary>
    public long[] Sums { get; } = new long[EndReasonSums.Count];

    /// <summary>What of them the longer windows have.</summary>
    public long[] Passed { get; } = new long[EndReasonSums.Count];

    /// <summary>True when something was added since the last commit.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Forgets all, for use by another row.</summary>
    public void Clear()
    {
        Array.Clear(Sums);
        Array.Clear(Passed);
        IsTouched = false;
    }

    /// <summary>Adds to the sums.</summary>
    public void Add(ReadOnlySpan<long> sums)
    {
        for (int i = 0; i < sums.Length; i++) Sums[i] += sums[i];
        IsTouched = true;
    }

    /// <summary>Puts what the longer windows do not have yet into <paramref name="rest"/>; they have it from now on.</summary>
    public void Pass(Span<long> rest)
    {
        for (int i = 0; i < rest.Length; i++) rest[i] = Sums[i] - Passed[i];
        Sums.CopyTo(Passed, 0);
    }
}
