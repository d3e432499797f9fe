namespace FlowStream.Bandwidth;

/// <summary>What is kept of one path in one window.</summary>
internal sealed class PathRow(byte[] path, long window)
{
    public byte[] Path { get; } = path;

    public long Window { get; } = window;

    public PathSums[] Sums { get; } = new PathSums[PathCodec.Measures];

    /// <summary>Revision of the record that is emitted next: the number of those emitted.</summary>
    public int Revision { get; set; }

    /// <summary>True once the window was final at a commit.</summary>
    public bool Settled { get; set; }

    /// <summary>True when something was added since the last commit.</summary>
    public bool Changed { get; set; }

    /// <summary>True when it is among the rows to look at at the next commit.</summary>
    public bool Touched { get; set; }
}
