namespace FlowStream.Bandwidth;

/// <summary>How windows are kept and when they are emitted: the section <c>Bandwidth</c> of the configuration.</summary>
public sealed record BandwidthOptions
{
    /// <summary>
    /// How long after its end a window is taken as final. 30 s covers what delays a record on its way: the settle time of the join (5 s),
    /// a commit, the lag between tasks and between the devices' clocks. It does not wait for what devices themselves report late, the
    /// volume of minutes ago in one update: that comes as a revision, and waiting would show every minute five minutes late.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a window is kept for corrections, from its end; 24 h covers a session that reports once a day.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Emit windows that are not final too, at every commit that changes them.</summary>
    public bool Early { get; init; }

    /// <summary>
    /// Most keys of one aggregation in one window and task before further ones are added up as <c>other</c>: more than any application
    /// catalogue has, few enough that a scan which makes up names does not fill the memory.
    /// </summary>
    public int MaxKeysPerWindow { get; init; } = 100_000;

    /// <summary>Most sums that a task keeps in all before new keys are added up as <c>other</c>: about 400 MB.</summary>
    public int MaxRows { get; init; } = 2_000_000;

    /// <summary>The windows.</summary>
    public TumblingWindows Windows { get; init; } = TumblingWindows.OneMinute;

    /// <summary>Checks the values against each other.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Grace < TimeSpan.Zero) throw new ArgumentException("Bandwidth:Grace is negative.");
        if (Retention <= Grace) throw new ArgumentException("Bandwidth:Retention is not longer than Bandwidth:Grace.");
        if (Retention.TotalMilliseconds > TumblingWindows.LastMs) throw new ArgumentException("Bandwidth:Retention is out of range.");
        if (MaxKeysPerWindow < 1) throw new ArgumentException("Bandwidth:MaxKeysPerWindow is not positive.");
        if (MaxRows < MaxKeysPerWindow) throw new ArgumentException("Bandwidth:MaxRows is less than Bandwidth:MaxKeysPerWindow.");
    }
}
