namespace FlowStream.Topology;

/// <summary>Names of the public topics. The number is the major version of the schema: an incompatible change is a new topic.</summary>
public static class FlowTopics
{
    /// <summary>Messages as received.</summary>
    public const string Raw = "flow.raw.v1";

    /// <summary>Completed sessions.</summary>
    public const string Sessions = "flow.sessions.v1";

    /// <summary>Refused sessions.</summary>
    public const string Denials = "flow.denials.v1";

    /// <summary>Bandwidth windows.</summary>
    public const string Bandwidth = "flow.bandwidth.v1";

    /// <summary>What AppQoE says of paths.</summary>
    public const string Paths = "flow.paths.v1";

    /// <summary>Messages that could not be read, with the reason.</summary>
    public const string DeadLetter = "flow.deadletter.v1";

    /// <summary>Every public topic, in the order of a message's way.</summary>
    public static IReadOnlyList<string> All { get; } = [Raw, Sessions, Denials, Bandwidth, Paths, DeadLetter];
}
