namespace FlowStream.Broker.Groups;

/// <summary>The durable part of a group: what its record in <c>__consumer_offsets</c> holds.</summary>
/// <param name="ProtocolType">The kind of group; empty if nobody ever joined.</param>
/// <param name="Generation">Its last generation.</param>
/// <param name="Protocol">The protocol of that generation, null without members.</param>
/// <param name="LeaderId">The member that assigns, null without members.</param>
/// <param name="Members">The members in the order they joined.</param>
internal sealed record GroupSnapshot(
    string ProtocolType,
    int Generation,
    string? Protocol,
    string? LeaderId,
    IReadOnlyList<MemberSnapshot> Members);
