namespace FlowStream.Parsing.DeviceText;

/// <summary>How the text of a <see cref="DeviceField"/> is read.</summary>
internal enum DeviceFieldKind : byte
{
    /// <summary>As it stands.</summary>
    Text,

    /// <summary>A decimal number; a unit may follow it (<c>30 sec</c>).</summary>
    Number,

    /// <summary>0 to 65535.</summary>
    Port,

    /// <summary>An IP protocol, by number or name.</summary>
    Protocol,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>A date and time on the device's own clock.</summary>
    LocalTime,
}
