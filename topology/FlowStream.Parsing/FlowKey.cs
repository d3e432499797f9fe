using System.Buffers.Binary;
using System.Diagnostics;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing;

/// <summary>
/// The flow key: what puts all messages of one flow into one partition. It is the client-to-server direction as the device printed it,
/// before NAT, without the device: the two nodes of a cluster report one session.
/// <code>
/// IPv4: protocol (1)  source address (4)   source port (2)  destination address (4)   destination port (2)   13 bytes
/// IPv6: protocol (1)  source address (16)  source port (2)  destination address (16)  destination port (2)   37 bytes
/// </code>
/// Numbers are in network order. A flow with an IPv6 address on either side has the long form, IPv4 addresses in it IPv4-mapped.
/// </summary>
public static class FlowKey
{
    /// <summary>Length of the key of an IPv4 flow.</summary>
    public const int IPv4Bytes = 13;

    /// <summary>Length of the key of an IPv6 flow: the longest key.</summary>
    public const int MaxBytes = 37;

    // Listeners call from many threads; an event is too large to be made for each message.
    [ThreadStatic]
    private static SessionEvent? _parsed;

    private const ulong Fields = (1UL << (int)Field.SourceAddress) | (1UL << (int)Field.SourcePort) | (1UL << (int)Field.DestinationAddress)
        | (1UL << (int)Field.DestinationPort) | (1UL << (int)Field.ProtocolId);

    /// <summary>
    /// Finds the key of a raw message and reads no further than it must: any tag, no other field. For a message that
    /// <see cref="SyslogParser.Parse"/> accepts the key is that of the event.
    /// </summary>
    /// <param name="message">One whole message without its framing.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <param name="written">Length of the key; 0 when there is none.</param>
    /// <returns>False when the message shows no flow.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static bool TryWrite(ReadOnlySpan<byte> message, Span<byte> destination, out int written)
    {
        CheckDestination(destination);
        written = 0;
        if (message.Length > ParserLimits.MaxMessageBytes) return false;
        ReadOnlySpan<byte> trimmed = MessageTrimming.Trim(message, out _);
        if (!HeaderReader.Read(trimmed, out MessageHeader header).Accepted) return false;
        if (header.Body != MessageBody.JunosStructured) return TryWriteParsed(message, destination, out written);
        if (!TryReadFlow(trimmed, header.Position, out Flow flow)) return false;
        written = Write(flow, destination);
        return true;
    }

    // The other formats have their tuple at places that only reading the whole message finds.
    private static bool TryWriteParsed(ReadOnlySpan<byte> message, Span<byte> destination, out int written)
    {
        SessionEvent parsed = _parsed ??= new SessionEvent();
        written = 0;
        if (!SyslogParser.Parse(message, parsed).Accepted || (parsed.Present & Fields) != Fields) return false;
        written = Write(parsed, destination);
        return true;
    }

    /// <summary>Writes the key of a parsed event.</summary>
    /// <param name="sessionEvent">An event that the parser accepted.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>Length of the key: 13 or 37.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Write(SessionEvent sessionEvent, Span<byte> destination)
    {
        CheckDestination(destination);
        Debug.Assert((sessionEvent.Present & Fields) == Fields, "An accepted event has its flow.");
        return Write(
            new Flow
            {
                Protocol = (byte)sessionEvent.Number(Field.ProtocolId),
                Source = sessionEvent.Address(Field.SourceAddress),
                SourcePort = (ushort)sessionEvent.Number(Field.SourcePort),
                Destination = sessionEvent.Address(Field.DestinationAddress),
                DestinationPort = (ushort)sessionEvent.Number(Field.DestinationPort),
            },
            destination);
    }

    /// <summary>Reads a key back.</summary>
    /// <returns>False when <paramref name="key"/> has the length of no flow key.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> key, out byte protocol, out IpAddress source, out ushort sourcePort, out IpAddress destination,
        out ushort destinationPort)
    {
        (protocol, source, sourcePort, destination, destinationPort) = (0, default, 0, default, 0);
        if (key.Length is not (IPv4Bytes or MaxBytes)) return false;
        int address = key.Length == IPv4Bytes ? sizeof(uint) : 2 * sizeof(ulong);
        protocol = key[0];
        source = ReadAddress(key.Slice(1, address));
        sourcePort = BinaryPrimitives.ReadUInt16BigEndian(key[(1 + address)..]);
        destination = ReadAddress(key.Slice(3 + address, address));
        destinationPort = BinaryPrimitives.ReadUInt16BigEndian(key[(3 + (2 * address))..]);
        return true;
    }

    private static IpAddress ReadAddress(ReadOnlySpan<byte> bytes) => bytes.Length == sizeof(uint)
        ? IpAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
        : new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    private static void CheckDestination(Span<byte> destination)
    {
        if (destination.Length < MaxBytes) throw new ArgumentException($"A flow key needs {MaxBytes} bytes.", nameof(destination));
    }

    private static bool TryReadFlow(ReadOnlySpan<byte> message, int position, out Flow flow)
    {
        flow = default;
        ulong found = 0;
        Repair ignored = Repair.None;
        var reader = new StructuredDataReader(message, position);
        while (reader.MoveNext())
        {
            int index = FieldTable.Keys.Find(message.Slice(reader.Key.Offset, reader.Key.Length));
            if (index < 0) reader.TryRepair();
            if ((uint)index >= (uint)FieldTable.Rules.Length) continue;
            ref readonly FieldRule rule = ref FieldTable.Rules[index];
            ulong bit = 1UL << (int)rule.Field;
            if ((Fields & ~found & bit) == 0) continue;
            TextSlice value = ParameterTrimming.Trim(message, reader.Value, ref ignored);
            ReadOnlySpan<byte> text = message.Slice(value.Offset, value.Length);
            if (ValueReader.IsAbsent(text, rule.Absent)) continue;
            if (!TrySet(ref flow, rule.Field, text)) return false;
            found |= bit;
            if (found == Fields) return true;
        }
        return false;
    }

    private static bool TrySet(ref Flow flow, Field field, ReadOnlySpan<byte> text)
    {
        switch (field)
        {
            case Field.SourceAddress:
                return IpAddress.TryParse(text, out flow.Source);
            case Field.DestinationAddress:
                return IpAddress.TryParse(text, out flow.Destination);
        }
        if (!ValueReader.TryReadNumber(text, out ulong number))
        {
            if (field != Field.ProtocolId || !ProtocolNames.TryFind(text, out byte protocol)) return false;
            number = protocol;
        }
        if (number > (field == Field.ProtocolId ? byte.MaxValue : ushort.MaxValue)) return false;
        if (field == Field.ProtocolId) flow.Protocol = (byte)number;
        else if (field == Field.SourcePort) flow.SourcePort = (ushort)number;
        else flow.DestinationPort = (ushort)number;
        return true;
    }

    private static int Write(in Flow flow, Span<byte> destination)
    {
        bool isIPv4 = flow.Source.IsIPv4 && flow.Destination.IsIPv4;
        destination[0] = flow.Protocol;
        int position = WriteEndpoint(flow.Source, flow.SourcePort, isIPv4, destination, 1);
        return WriteEndpoint(flow.Destination, flow.DestinationPort, isIPv4, destination, position);
    }

    private static int WriteEndpoint(IpAddress address, ushort port, bool isIPv4, Span<byte> destination, int position)
    {
        if (isIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[position..], (uint)address.Low);
            position += 4;
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination[position..], address.High);
            BinaryPrimitives.WriteUInt64BigEndian(destination[(position + 8)..], address.Low);
            position += 16;
        }
        BinaryPrimitives.WriteUInt16BigEndian(destination[position..], port);
        return position + 2;
    }

    private struct Flow
    {
        public byte Protocol;
        public IpAddress Source;
        public ushort SourcePort;
        public IpAddress Destination;
        public ushort DestinationPort;
    }
}
