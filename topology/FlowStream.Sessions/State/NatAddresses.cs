using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>The translated addresses of a message; what it does not say is zero and not among <paramref name="Present"/>.</summary>
internal readonly record struct NatAddresses(
    IpAddress SourceAddress, IpAddress DestinationAddress, ushort SourcePort, ushort DestinationPort, NatFields Present)
{
    /// <summary>What <paramref name="e"/> says.</summary>
    public static NatAddresses Of(SessionEvent e)
    {
        NatFields present = (e.Has(Field.NatSourceAddress) ? NatFields.SourceAddress : 0)
            | (e.Has(Field.NatSourcePort) ? NatFields.SourcePort : 0)
            | (e.Has(Field.NatDestinationAddress) ? NatFields.DestinationAddress : 0)
            | (e.Has(Field.NatDestinationPort) ? NatFields.DestinationPort : 0);
        if (present == NatFields.None) return default;
        return new NatAddresses(
            e.Address(Field.NatSourceAddress),
            e.Address(Field.NatDestinationAddress),
            (ushort)e.Number(Field.NatSourcePort),
            (ushort)e.Number(Field.NatDestinationPort),
            present);
    }

    /// <summary>True when it is there.</summary>
    public bool Has(NatFields field) => (Present & field) != 0;

    /// <summary>A total order.</summary>
    public int CompareTo(in NatAddresses other)
    {
        // As numbers: comparing enums makes an object of each.
        int order = ((int)Present).CompareTo((int)other.Present);
        if (order == 0) order = SourceAddress.High.CompareTo(other.SourceAddress.High);
        if (order == 0) order = SourceAddress.Low.CompareTo(other.SourceAddress.Low);
        if (order == 0) order = SourcePort.CompareTo(other.SourcePort);
        if (order == 0) order = DestinationAddress.High.CompareTo(other.DestinationAddress.High);
        if (order == 0) order = DestinationAddress.Low.CompareTo(other.DestinationAddress.Low);
        return order == 0 ? DestinationPort.CompareTo(other.DestinationPort) : order;
    }
}
