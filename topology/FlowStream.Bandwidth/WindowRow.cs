namespace FlowStream.Bandwidth;

/// <summary>What is kept of one series in one window.</summary>
internal struct WindowRow
{
    /// <summary>The series, or -1 for a row that is free.</summary>
    public int Series;

    /// <summary>The next row of the same window, or the next free row; -1 at the end.</summary>
    public int Next;

    public long Window;

    public WindowSums Sums;

    /// <summary>Revision of the record that is emitted next: the number of those emitted.</summary>
    public int Revision;

    /// <summary>True once the window was final at a commit.</summary>
    public bool Settled;

    /// <summary>True when the changelog has a row for it.</summary>
    public bool Persisted;

    /// <summary>True when its pair of addresses gave way to another: it is empty until that is told or the pair comes again.</summary>
    public bool GaveWay;

    /// <summary>True when it is among the rows to look at at the next commit.</summary>
    public bool Touched;
}
