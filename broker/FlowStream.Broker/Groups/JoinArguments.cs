namespace FlowStream.Broker.Groups;

/// <summary>What a JoinGroup request says, whatever its version.</summary>
internal sealed record JoinArguments
{
    /// <summary>The member's id; empty on its first join.</summary>
    public required string MemberId { get; init; }

    /// <summary>The name of a static member (KIP-345), or null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>What the client calls itself; the beginning of the member id it is given.</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>The client's address as Kafka shows it.</summary>
    public string ClientHost { get; init; } = string.Empty;

    /// <summary>How long the member may be silent.</summary>
    public required TimeSpan SessionTimeout { get; init; }

    /// <summary>How long the member takes at most to rejoin, and to send SyncGroup.</summary>
    public required TimeSpan RebalanceTimeout { get; init; }

    /// <summary><c>consumer</c>, <c>connect</c>, or whatever the group agrees on.</summary>
    public required string ProtocolType { get; init; }

    /// <summary>The protocols the member knows, the preferred first.</summary>
    public required IReadOnlyList<MemberProtocol> Protocols { get; init; }

    /// <summary>Whether a new dynamic member first gets an id and joins with it (KIP-394, JoinGroup version 4 on).</summary>
    public bool RequireKnownMemberId { get; init; }
}
