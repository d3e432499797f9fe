namespace FlowStream.Producers.Simulation;

/// <summary>
/// Makes some sessions backups and copies of hours at a nearly even rate. Chance is drawn apart from the other traffic, which stays as
/// it is.
/// </summary>
internal sealed class BulkTransfers(SimulationRandom random, double share)
{
    private const int Tcp = 6;
    private const long SecondMs = 1000;

    // Bytes in a second: what a backup over a branch's line gets.
    private const long SlowestRate = 50_000;
    private const long HighestRate = 3_000_000;
    private const long PacketBytes = 1400;
    private const long AcknowledgementBytes = 52;

    /// <summary>
    /// Whether the next session is one. Only TCP under AppTrack is: without updates the join gives up a session that is silent for so long.
    /// </summary>
    public bool Next(SimulatedDevice device, SimulatedApplication application) =>
        share > 0 && application.Protocol == Tcp && device.Model.AppTrackUpdate.Length > 0 && random.Chance(share);

    /// <summary>How long it takes, milliseconds: one to four hours, whole seconds.</summary>
    public long DurationMs() => random.Between(3600, 4 * 3600) * SecondMs;

    /// <summary>Its traffic: to the server or from it, acknowledged every second packet.</summary>
    public TrafficCurve Traffic(long durationMs)
    {
        long bytes = durationMs / SecondMs * random.Between(SlowestRate, HighestRate), packets = bytes / PacketBytes;
        long back = packets / 2 * AcknowledgementBytes;
        SimulatedVolume total = random.Chance(0.5) ? new(bytes, back, packets, packets / 2) : new(back, bytes, packets / 2, packets);
        return TrafficCurve.Steady(random, durationMs, total);
    }
}
