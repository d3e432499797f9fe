namespace FlowStream.Parsing;

/// <summary>What the text of a field has to be.</summary>
internal enum FieldKind : byte
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A count or a duration: a decimal number from 0 to 2^63-1.</summary>
    Count,

    /// <summary>An identifier of up to 64 bits, kept as the same 64 bits.</summary>
    Identifier,

    /// <summary>A port, or what ICMP prints in its place: 0 to 65535.</summary>
    Port,

    /// <summary>One octet of a packet header: 0 to 255.</summary>
    Octet,

    /// <summary>An IP protocol: its number, 0 to 255, or a name of <see cref="ProtocolNames"/>.</summary>
    Protocol,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>A PAN-OS time (<c>2026/05/01 08:28:10</c>): milliseconds since 1970-01-01T00:00:00 on the device's wall clock.</summary>
    LocalTime,

    /// <summary>A number of 32 bits in hexadecimal after <c>0x</c>.</summary>
    Hexadecimal,
}
