namespace FlowStream.Bandwidth;

/// <summary>How windows are kept and when they are emitted: the section <c>Bandwidth</c> of the configuration.</summary>
public sealed record BandwidthOptions
{
    // A partial of that many pairs stays below the megabyte that Kafka allows a record.
    private const int MaxTopTalkers = 1_000;

    /// <summary>
    /// How long after its end a window is taken as final. 30 s covers what delays a record on its way: the settle time of the join (5 s),
    /// a commit, the lag between tasks and between the devices' clocks. It does not wait for what devices themselves report late, the
    /// volume of minutes ago in one update: that comes as a revision, and waiting would show every minute five minutes late.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a window is kept for corrections, from its end; 24 h covers a session that reports once a day.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a task of the session stage may be silent before the others end windows without it. 10 s: as long as the partitions of a
    /// killed process wait for a new owner. In the meantime the wall clock carries its time on, so that nothing is late while all is well.
    /// </summary>
    public TimeSpan SourceIdle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Emit windows that are not final too, at every commit that changes them.</summary>
    public bool Early { get; init; }

    /// <summary>
    /// Most keys of one aggregation in one window and task before further ones are added up as <c>other</c>: more than any application
    /// catalogue has, few enough that a scan which makes up names does not fill the memory.
    /// </summary>
    public int MaxKeysPerWindow { get; init; } = 100_000;

    /// <summary>Most sums that a task keeps in all before new keys are added up as <c>other</c>: about 400 MB.</summary>
    public int MaxRows { get; init; } = 2_000_000;

    /// <summary>Whether windows of five minutes and of an hour are made beside those of one minute.</summary>
    public bool Longer { get; init; } = true;

    /// <summary>
    /// Pairs of addresses that have rows of their own in each window and direction, those that move the most; 0 for none. 100 is what a
    /// page shows, and bounds what is kept of a day to 300 000 rows.
    /// </summary>
    public int TopTalkers { get; init; } = 100;

    /// <summary>What the dimensions <c>source_prefix</c> and <c>destination_prefix</c> keep of an address.</summary>
    public PrefixLengths Prefixes { get; init; } = PrefixLengths.Default;

    /// <summary>Checks the values against each other.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Grace < TimeSpan.Zero) throw new ArgumentException("Bandwidth:Grace is negative.");
        if (Retention <= Grace) throw new ArgumentException("Bandwidth:Retention is not longer than Bandwidth:Grace.");
        if (Retention.TotalMilliseconds > TumblingWindows.LastMs) throw new ArgumentException("Bandwidth:Retention is out of range.");
        if (SourceIdle < TimeSpan.Zero) throw new ArgumentException("Bandwidth:SourceIdle is negative.");
        if (MaxKeysPerWindow < 1) throw new ArgumentException("Bandwidth:MaxKeysPerWindow is not positive.");
        if (Prefixes.IPv4 is < 0 or > 32) throw new ArgumentException("Bandwidth:PrefixIPv4 is not 0 to 32.");
        if (Prefixes.IPv6 is < 0 or > 128) throw new ArgumentException("Bandwidth:PrefixIPv6 is not 0 to 128.");
        if (TopTalkers is < 0 or > MaxTopTalkers) throw new ArgumentException($"Bandwidth:TopTalkers is not 0 to {MaxTopTalkers}.");
        if (MaxRows < MaxKeysPerWindow) throw new ArgumentException("Bandwidth:MaxRows is less than Bandwidth:MaxKeysPerWindow.");
    }
}
