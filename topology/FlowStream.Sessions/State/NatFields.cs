namespace FlowStream.Sessions.State;

/// <summary>Which translated addresses and ports a message states.</summary>
[Flags]
internal enum NatFields : byte
{
    None = 0,

    SourceAddress = 1,

    SourcePort = 2,

    DestinationAddress = 4,

    DestinationPort = 8,

    /// <summary>Every bit that has a meaning.</summary>
    All = SourceAddress | SourcePort | DestinationAddress | DestinationPort,
}
