namespace FlowStream.Parsing.Junos;

/// <summary>What a message must say to be of any use: sets of fields, one bit for each <see cref="Field"/>.</summary>
internal static class RequiredFields
{
    /// <summary>The application forms of AppQoE speak of a path and all that uses it, not of a session.</summary>
    public const ulong Nothing = 0;

    /// <summary>The two ends of an active probe; since release 20.4R1 its protocol is not printed.</summary>
    public const ulong Probe = (1UL << (int)Field.SourceAddress) | (1UL << (int)Field.SourcePort)
        | (1UL << (int)Field.DestinationAddress) | (1UL << (int)Field.DestinationPort);

    /// <summary>Which flow. A refused session has no id in the older releases.</summary>
    public const ulong Flow = Probe | (1UL << (int)Field.ProtocolId);

    /// <summary>Which session of which flow: what the join needs.</summary>
    public const ulong Session = Flow | (1UL << (int)Field.SessionId);
}
