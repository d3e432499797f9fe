namespace FlowStream.Producers.Simulation;

/// <summary>What to simulate. The same options give the same bytes on every run and machine.</summary>
public sealed record SimulationOptions
{
    /// <summary>Most devices: their addresses come from one /8 by device number.</summary>
    public const int MaxDevices = 250;

    /// <summary>Number that all chance is drawn from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sessions to open; denials come on top, about one to twenty sessions.</summary>
    public long Sessions { get; init; } = 1000;

    /// <summary>Firewalls, of different models and releases in turn.</summary>
    public int Devices { get; init; } = 5;

    /// <summary>
    /// How many of them, the last, are PAN-OS, which sends start and end logs as CSV. The first is always of Junos: the heartbeat is its.
    /// </summary>
    public int PanosDevices { get; init; }

    /// <summary>
    /// Share of the sessions under AppTrack that tell of changes: application, route, next hop, and what AppQoE measured, 0 to 1.
    /// </summary>
    public double Changes { get; init; }

    /// <summary>Share of the TCP sessions under AppTrack that are transfers of hours at a nearly even rate, 0 to 1.</summary>
    public double Bulk { get; init; }

    /// <summary>Sessions opened in a second of simulated time, all devices together: a branch of some hundred users by default.</summary>
    public double SessionsPerSecond { get; init; } = 50;

    /// <summary>When the simulated time begins; cut to the millisecond. Fixed, so that runs can be compared.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Share of create messages that get lost, 0 to 1.</summary>
    public double LostCreates { get; init; } = 0.01;

    /// <summary>
    /// Share of volume updates that get lost, 0 to 1. Of one session never more than four in a row, so that it stays known to be alive: the
    /// join gives up a session after 40 minutes of silence.
    /// </summary>
    public double LostUpdates { get; init; } = 0.02;

    /// <summary>Share of close messages that get lost, 0 to 1; of twin closes each for itself.</summary>
    public double LostCloses { get; init; } = 0.01;

    /// <summary>Share of messages about sessions that arrive twice, 0 to 1.</summary>
    public double Duplicates { get; init; } = 0.01;

    /// <summary>Share of messages that are overtaken by later ones, 0 to 1.</summary>
    public double Reordered { get; init; } = 0.03;

    /// <summary>Longest that an overtaken or second message is on its way; cut to the millisecond.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// End with denials 45 and 60 minutes after the last message, of many flows each. They make time pass in every partition, so that
    /// sessions whose close was lost end and windows become final without waiting for a wall clock.
    /// </summary>
    public bool Heartbeat { get; init; } = true;

    /// <summary>Refuses values that nothing can be simulated with.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (Sessions < 0) throw new ArgumentException("The number of sessions is negative.");
        if (Devices is < 1 or > MaxDevices) throw new ArgumentException($"The number of devices is not 1 to {MaxDevices}.");
        if (PanosDevices < 0 || PanosDevices >= Devices) throw new ArgumentException("Not every device can be PAN-OS, nor less than none.");
        if (SessionsPerSecond is not (> 0 and <= 1_000_000))
            throw new ArgumentException("The rate is not above 0 and at most 1000000 a second.");
        if (Start.Year is < 1971 or > 9000) throw new ArgumentException("The start is not in the years 1971 to 9000.");
        if (MaxDelay < TimeSpan.FromMilliseconds(1) || MaxDelay > TimeSpan.FromMinutes(2))
            throw new ArgumentException("The longest delay is not 1 ms to 2 min.");
        ReadOnlySpan<double> shares = [Changes, Bulk, LostCreates, LostUpdates, LostCloses, Duplicates, Reordered];
        foreach (double share in shares)
        {
            if (share is not (>= 0 and <= 1)) throw new ArgumentException("A share is not 0 to 1.");
        }
    }
}
