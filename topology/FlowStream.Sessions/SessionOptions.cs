namespace FlowStream.Sessions;

/// <summary>How sessions are joined. Times are stream time, limits are per session or per message.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// How long after its first close message a session waits before its final record: long enough for the twin close of the other message
    /// family and for messages that overtook each other on the network.
    /// </summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after its last message a session without a close is taken as ended; null for the standard times, which go by protocol and
    /// by what the device sends: see <c>docs/sessions.md</c>.
    /// </summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>
    /// The same for devices, by the name that they are joined under: for those whose own timeouts are longer. It wins over
    /// <see cref="IdleTimeout"/>.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> DeviceIdleTimeouts { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>How long a session is remembered after its final record, to correct it when a message comes late.</summary>
    public TimeSpan Remember { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Furthest that a device's clock may be from the record timestamp before the timestamp is used instead. Below half of a quarter-hour,
    /// so a missing zone can be found; hosts that run NTP at all stay far within.
    /// </summary>
    public TimeSpan MaxSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Names of the nodes of a cluster, each mapped to the one name under which their sessions are joined.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Most recent volume observations (updates and closes) that a session keeps. A message that arrives older than all of them can no
    /// longer refine anything and is ignored; at Junos' 5 minute interval that is 40 minutes of disorder.
    /// </summary>
    public int MaxObservations { get; init; } = 8;

    /// <summary>
    /// Most messages that a session keeps of each kind that tells of a change: another route, another application, a measurement of its
    /// path. The first stays, and of the rest the most recent.
    /// </summary>
    public int MaxChanges { get; init; } = 8;

    /// <summary>
    /// Most sessions kept under one device, id and addresses. Sessions reuse all of these only after minutes, so within
    /// <see cref="Remember"/> a handful; beyond this the oldest is ended.
    /// </summary>
    public int MaxInstances { get; init; } = 16;

    /// <summary>Most extra keys kept of one message: more than the 61 fields of the longest message known.</summary>
    public int MaxExtras { get; init; } = 64;

    /// <summary>Most bytes of extra keys and values kept of one message: four times the longest message known.</summary>
    public int MaxExtraBytes { get; init; } = 8192;

    /// <summary>Most bytes kept of one text field; longer text is cut. Junos limits names to 63 and values in logs to about 256.</summary>
    public int MaxTextBytes { get; init; } = 1024;

    /// <summary>
    /// Most messages of one session in memory: the observations and the one that is being added, one create of each family, the changes of
    /// each of the eight kinds, the floor, and two that name other sessions.
    /// </summary>
    internal int MaxMessages => MaxObservations + 1 + 2 + (8 * MaxChanges) + 1 + 2;

    /// <summary>Refuses values that the join cannot work with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SettleTime, TimeSpan.Zero, nameof(SettleTime));
        if (IdleTimeout is { } idle) CheckIdle(idle, nameof(IdleTimeout));
        foreach ((string device, TimeSpan own) in DeviceIdleTimeouts) CheckIdle(own, $"{nameof(DeviceIdleTimeouts)}:{device}");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Remember, TimeSpan.Zero, nameof(Remember));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSkew, TimeSpan.Zero, nameof(MaxSkew));
        CheckRange(MaxObservations, 1, 64, nameof(MaxObservations));
        CheckRange(MaxChanges, 2, 32, nameof(MaxChanges));
        CheckRange(MaxInstances, 1, 1024, nameof(MaxInstances));
        CheckRange(MaxExtras, 0, byte.MaxValue, nameof(MaxExtras));
        CheckRange(MaxExtraBytes, 0, 32_768, nameof(MaxExtraBytes));
        CheckRange(MaxTextBytes, 16, 4096, nameof(MaxTextBytes));
    }

    // Beyond a year it is not a silence that is waited for but a mistake, and far beyond it the sum with a time is no time.
    private static void CheckIdle(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(366), name);
    }

    private static void CheckRange(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
