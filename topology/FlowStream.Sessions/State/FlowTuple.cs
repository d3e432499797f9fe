using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>The numbers that identify a session on its device: its id and 5-tuple, client to server, before NAT.</summary>
internal readonly record struct FlowTuple(
    long SessionId, IpAddress Source, IpAddress Destination, ushort SourcePort, ushort DestinationPort, byte Protocol)
{
    /// <summary>The tuple of a message.</summary>
    public static FlowTuple Of(SessionEvent e) => new(
        e.Number(Field.SessionId),
        e.Address(Field.SourceAddress),
        e.Address(Field.DestinationAddress),
        (ushort)e.Number(Field.SourcePort),
        (ushort)e.Number(Field.DestinationPort),
        (byte)e.Number(Field.ProtocolId));

    /// <summary>A hash that begins from <paramref name="seed"/>.</summary>
    public ulong Hash(ulong seed)
    {
        ulong ports = ((ulong)SourcePort << 32) | DestinationPort;
        ulong source = ByteHash.Mix(Source.High ^ seed, Source.Low ^ ports);
        ulong destination = ByteHash.Mix(Destination.High ^ Protocol ^ seed, Destination.Low ^ (ulong)SessionId);
        return ByteHash.Mix(source ^ seed, destination ^ ports);
    }

    /// <summary>A total order, for outputs that must not depend on where a session lies in memory.</summary>
    public int CompareTo(in FlowTuple other)
    {
        int order = SessionId.CompareTo(other.SessionId);
        if (order == 0) order = Source.High.CompareTo(other.Source.High);
        if (order == 0) order = Source.Low.CompareTo(other.Source.Low);
        if (order == 0) order = Destination.High.CompareTo(other.Destination.High);
        if (order == 0) order = Destination.Low.CompareTo(other.Destination.Low);
        if (order == 0) order = SourcePort.CompareTo(other.SourcePort);
        if (order == 0) order = DestinationPort.CompareTo(other.DestinationPort);
        return order == 0 ? Protocol.CompareTo(other.Protocol) : order;
    }
}
