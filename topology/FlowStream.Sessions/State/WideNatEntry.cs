namespace FlowStream.Sessions.State;

/// <summary>Translated addresses, not all of them IPv4, that messages of one session share.</summary>
internal struct WideNatEntry
{
    /// <summary>The addresses.</summary>
    public NatAddresses Addresses;

    /// <summary>How many messages state them.</summary>
    public int References;
}
