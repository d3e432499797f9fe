using System.Buffers.Binary;

namespace FlowStream.Sessions.State;

/// <summary>
/// The byte form of a session's identity and a start: device and logical system with their lengths (2 bytes), then the lower half of the
/// session id in 8 bytes, addresses, ports, protocol and start, big-endian. It is the row's key, and hashed it is the session key of the
/// records.
/// </summary>
internal static class SessionKeyBytes
{
    /// <summary>Bytes beside the two names.</summary>
    public const int FixedBytes = (2 * 2) + TailBytes;

    private const int TailBytes = 8 + 32 + 12 + 8;

    /// <summary>Writes identity and <paramref name="start"/>; returns the number of bytes.</summary>
    public static int Write(Span<byte> destination, in SessionIdentity identity, long start) =>
        Write(destination, identity.Device, identity.LogicalSystem, identity.Tuple, start);

    /// <summary>Writes the parts of an identity and <paramref name="start"/>; returns the number of bytes.</summary>
    public static int Write(
        Span<byte> destination, ReadOnlySpan<byte> device, ReadOnlySpan<byte> logicalSystem, in FlowTuple tuple, long start)
    {
        int position = WriteName(destination, 0, device);
        position = WriteName(destination, position, logicalSystem);
        Span<byte> rest = destination.Slice(position, TailBytes);
        BinaryPrimitives.WriteInt64BigEndian(rest, tuple.SessionId32);
        BinaryPrimitives.WriteUInt64BigEndian(rest[8..], tuple.Source.High);
        BinaryPrimitives.WriteUInt64BigEndian(rest[16..], tuple.Source.Low);
        BinaryPrimitives.WriteUInt64BigEndian(rest[24..], tuple.Destination.High);
        BinaryPrimitives.WriteUInt64BigEndian(rest[32..], tuple.Destination.Low);
        BinaryPrimitives.WriteInt32BigEndian(rest[40..], tuple.SourcePort);
        BinaryPrimitives.WriteInt32BigEndian(rest[44..], tuple.DestinationPort);
        BinaryPrimitives.WriteInt32BigEndian(rest[48..], tuple.Protocol);
        BinaryPrimitives.WriteInt64BigEndian(rest[52..], start);
        return position + TailBytes;
    }

    /// <summary>Reads what <see cref="Write(Span{byte}, in SessionIdentity, long)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no identity.</exception>
    public static SessionIdentity Read(ReadOnlySpan<byte> source, out long start)
    {
        ReadOnlySpan<byte> device = ReadName(ref source);
        ReadOnlySpan<byte> logicalSystem = ReadName(ref source);
        if (source.Length != TailBytes) throw new InvalidDataException("A session row's key has the wrong length.");
        int sourcePort = BinaryPrimitives.ReadInt32BigEndian(source[40..]);
        int destinationPort = BinaryPrimitives.ReadInt32BigEndian(source[44..]);
        int protocol = BinaryPrimitives.ReadInt32BigEndian(source[48..]);
        if (sourcePort != (ushort)sourcePort || destinationPort != (ushort)destinationPort || protocol != (byte)protocol)
            throw new InvalidDataException("A session row's key has a port or protocol out of range.");
        var tuple = new FlowTuple(
            BinaryPrimitives.ReadInt64BigEndian(source),
            new(BinaryPrimitives.ReadUInt64BigEndian(source[8..]), BinaryPrimitives.ReadUInt64BigEndian(source[16..])),
            new(BinaryPrimitives.ReadUInt64BigEndian(source[24..]), BinaryPrimitives.ReadUInt64BigEndian(source[32..])),
            (ushort)sourcePort,
            (ushort)destinationPort,
            (byte)protocol);
        start = BinaryPrimitives.ReadInt64BigEndian(source[52..]);
        return new SessionIdentity(device, logicalSystem, tuple);
    }

    private static int WriteName(Span<byte> destination, int position, ReadOnlySpan<byte> name)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[position..], (ushort)name.Length);
        if (!name.IsEmpty) name.CopyTo(destination[(position + 2)..]);
        return position + 2 + name.Length;
    }

    private static ReadOnlySpan<byte> ReadName(scoped ref ReadOnlySpan<byte> source)
    {
        if (source.Length < 2) throw new InvalidDataException("A session row's key is cut short.");
        int length = BinaryPrimitives.ReadUInt16BigEndian(source);
        if (source.Length - 2 < length) throw new InvalidDataException("A session row's key is cut short.");
        ReadOnlySpan<byte> name = source.Slice(2, length);
        source = source[(2 + length)..];
        return name;
    }
}
