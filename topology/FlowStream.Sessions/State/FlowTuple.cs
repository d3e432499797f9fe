using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>The numbers that identify a session on its device: its id and 5-tuple, client to server, before NAT.</summary>
/// <remarks>
/// Of two ids that have the lower 32 bits in common only those count: RT_FLOW prints <c>session-id</c> with 64 bits where AppTrack, of the
/// same session, prints <c>session-id-32</c>. What the upper bits say is in no document; the device, the addresses and the start tell
/// apart what they might.
/// </remarks>
internal readonly record struct FlowTuple(
    long SessionId, IpAddress Source, IpAddress Destination, ushort SourcePort, ushort DestinationPort, byte Protocol)
{
    /// <summary>The part of the id that is compared.</summary>
    public uint SessionId32 => (uint)SessionId;

    /// <summary>The tuple of a message.</summary>
    public static FlowTuple Of(SessionEvent e) => new(
        e.Number(Field.SessionId),
        e.Address(Field.SourceAddress),
        e.Address(Field.DestinationAddress),
        (ushort)e.Number(Field.SourcePort),
        (ushort)e.Number(Field.DestinationPort),
        (byte)e.Number(Field.ProtocolId));

    /// <summary>Equal ids, but for their upper halves, and equal 5-tuples.</summary>
    public bool Equals(FlowTuple other) =>
        SessionId32 == other.SessionId32 && SourcePort == other.SourcePort && DestinationPort == other.DestinationPort
        && Protocol == other.Protocol && Source == other.Source && Destination == other.Destination;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Hash(0);

    /// <summary>A hash that begins from <paramref name="seed"/>.</summary>
    public ulong Hash(ulong seed)
    {
        ulong ports = ((ulong)SourcePort << 32) | DestinationPort;
        ulong source = ByteHash.Mix(Source.High ^ seed, Source.Low ^ ports);
        ulong destination = ByteHash.Mix(Destination.High ^ Protocol ^ seed, Destination.Low ^ SessionId32);
        return ByteHash.Mix(source ^ seed, destination ^ ports);
    }

    /// <summary>A total order, for outputs that must not depend on where a session lies in memory.</summary>
    public int CompareTo(in FlowTuple other)
    {
        int order = SessionId32.CompareTo(other.SessionId32);
        if (order == 0) order = Source.High.CompareTo(other.Source.High);
        if (order == 0) order = Source.Low.CompareTo(other.Source.Low);
        if (order == 0) order = Destination.High.CompareTo(other.Destination.High);
        if (order == 0) order = Destination.Low.CompareTo(other.Destination.Low);
        if (order == 0) order = SourcePort.CompareTo(other.SourcePort);
        if (order == 0) order = DestinationPort.CompareTo(other.DestinationPort);
        return order == 0 ? Protocol.CompareTo(other.Protocol) : order;
    }
}
