namespace FlowStream.Sessions.State;

/// <summary>Translated addresses that messages of one session share.</summary>
internal struct NatEntry
{
    /// <summary>The addresses.</summary>
    public NatAddresses Addresses;

    /// <summary>How many messages state them.</summary>
    public int References;
}
