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

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,
}
