namespace FlowStream.Bandwidth;

/// <summary>The sums of one series and window since the last drain.</summary>
internal struct PartialSlot
{
    public int Series;

    /// <summary>The series' next slot, or -1.</summary>
    public int Next;

    public long Window;

    public WindowSums Sums;
}
