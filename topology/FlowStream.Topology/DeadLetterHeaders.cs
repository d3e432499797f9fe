namespace FlowStream.Topology;

/// <summary>Names of the headers that a dead letter has beyond those of the message.</summary>
public static class DeadLetterHeaders
{
    /// <summary>Code of the reason, such as <c>bad-timestamp</c>.</summary>
    public const string Reason = "flow.error.reason";

    /// <summary>Where and what: byte position, field, escaped and cut excerpt.</summary>
    public const string Detail = "flow.error.detail";

    /// <summary>Where the message stands in the raw topic: <c>topic/partition/offset</c>.</summary>
    public const string Origin = "flow.origin";
}
