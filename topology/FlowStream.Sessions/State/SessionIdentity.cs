namespace FlowStream.Sessions.State;

/// <summary>What all messages of a session have in common; sessions that share it differ by their start.</summary>
internal readonly ref struct SessionIdentity
{
    public SessionIdentity(ReadOnlySpan<byte> device, ReadOnlySpan<byte> logicalSystem, scoped in FlowTuple tuple)
    {
        Device = device;
        LogicalSystem = logicalSystem;
        Tuple = tuple;
    }

    /// <summary>The device's name, after its alias.</summary>
    public ReadOnlySpan<byte> Device { get; }

    /// <summary>Logical system; empty for the root.</summary>
    public ReadOnlySpan<byte> LogicalSystem { get; }

    /// <summary>Session id and 5-tuple.</summary>
    public FlowTuple Tuple { get; }

    /// <summary>A hash for tables in memory.</summary>
    public uint Hash(ulong seed)
    {
        ulong names = ByteHash.Of(Device, seed);
        if (!LogicalSystem.IsEmpty) names = ByteHash.Of(LogicalSystem, names);
        ulong hash = Tuple.Hash(names);
        return (uint)(hash ^ (hash >> 32));
    }
}
