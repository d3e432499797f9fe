namespace FlowStream.Producers.Simulation;

/// <summary>Bytes and packets in each direction.</summary>
/// <param name="ClientBytes">Bytes from client to server.</param>
/// <param name="ServerBytes">Bytes from server to client.</param>
/// <param name="ClientPackets">Packets from client to server.</param>
/// <param name="ServerPackets">Packets from server to client.</param>
internal readonly record struct SimulatedVolume(long ClientBytes, long ServerBytes, long ClientPackets, long ServerPackets)
{
    /// <summary>The sum, field by field.</summary>
    public static SimulatedVolume operator +(SimulatedVolume a, SimulatedVolume b) => new(
        a.ClientBytes + b.ClientBytes, a.ServerBytes + b.ServerBytes, a.ClientPackets + b.ClientPackets, a.ServerPackets + b.ServerPackets);

    /// <summary>The difference, field by field.</summary>
    public static SimulatedVolume operator -(SimulatedVolume a, SimulatedVolume b) => new(
        a.ClientBytes - b.ClientBytes, a.ServerBytes - b.ServerBytes, a.ClientPackets - b.ClientPackets, a.ServerPackets - b.ServerPackets);

    /// <summary>The greater of both, field by field.</summary>
    public static SimulatedVolume Max(SimulatedVolume a, SimulatedVolume b) => new(
        Math.Max(a.ClientBytes, b.ClientBytes), Math.Max(a.ServerBytes, b.ServerBytes),
        Math.Max(a.ClientPackets, b.ClientPackets), Math.Max(a.ServerPackets, b.ServerPackets));

    /// <summary>The part <c>floor(field * numerator / denominator)</c> of each field.</summary>
    public SimulatedVolume Part(long numerator, long denominator) => new(
        Part(ClientBytes, numerator, denominator), Part(ServerBytes, numerator, denominator),
        Part(ClientPackets, numerator, denominator), Part(ServerPackets, numerator, denominator));

    private static long Part(long total, long numerator, long denominator) => (long)((Int128)total * numerator / denominator);
}
