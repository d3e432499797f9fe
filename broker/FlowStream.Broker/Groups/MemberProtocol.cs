namespace FlowStream.Broker.Groups;

/// <summary>One way of assigning work that a member knows, with what it wants the leader to know about it.</summary>
/// <param name="Name">The assignor's name, such as <c>range</c> or <c>cooperative-sticky</c>.</param>
/// <param name="Metadata">Opaque to the broker; for consumers the subscription.</param>
internal sealed record MemberProtocol(string Name, byte[] Metadata)
{
    /// <summary>Whether name and metadata are the same, byte for byte.</summary>
    public bool Matches(MemberProtocol other) => Name == other.Name && Metadata.AsSpan().SequenceEqual(other.Metadata);
}
