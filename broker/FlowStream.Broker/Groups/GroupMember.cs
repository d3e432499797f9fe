namespace FlowStream.Broker.Groups;

/// <summary>One member of a group. Times are offsets on the coordinator's own monotonic clock.</summary>
internal sealed class GroupMember
{
    /// <summary>A member that joins with these arguments under the id given to it.</summary>
    public GroupMember(string id, JoinArguments arguments)
    {
        Id = id;
        InstanceId = arguments.InstanceId;
        ClientId = arguments.ClientId;
        ClientHost = arguments.ClientHost;
        Update(arguments);
    }

    /// <summary>The id by which requests name the member; a static member gets a new one each time it starts.</summary>
    public string Id { get; set; }

    /// <summary>The name of a static member, or null.</summary>
    public string? InstanceId { get; }

    /// <summary>What the client calls itself.</summary>
    public string ClientId { get; set; }

    /// <summary>The client's address.</summary>
    public string ClientHost { get; set; }

    /// <summary>How long it may be silent.</summary>
    public TimeSpan SessionTimeout { get; private set; }

    /// <summary>How long it takes at most to rejoin.</summary>
    public TimeSpan RebalanceTimeout { get; private set; }

    /// <summary>What it can do, the preferred first.</summary>
    public IReadOnlyList<MemberProtocol> Protocols { get; private set; } = [];

    /// <summary>What the leader last sent for it.</summary>
    public byte[] Assignment { get; set; } = [];

    /// <summary>The JoinGroup request that waits for an answer, or null.</summary>
    public long? JoinTicket { get; set; }

    /// <summary>The SyncGroup request that waits for an answer, or null.</summary>
    public long? SyncTicket { get; set; }

    /// <summary>Whether it has not been in a generation yet.</summary>
    public bool IsNew { get; set; }

    /// <summary>When its session ends, unless it is heard of before.</summary>
    public TimeSpan SessionDeadline { get; set; }

    /// <summary>
    /// Whether its session may end. While the broker itself keeps a request of it waiting it cannot heartbeat; a new member is
    /// the exception, because its client may be gone and nobody else would notice.
    /// </summary>
    public bool CanExpire => IsNew || (JoinTicket is null && SyncTicket is null);

    /// <summary>Takes over what a later JoinGroup says.</summary>
    public void Update(JoinArguments arguments)
    {
        SessionTimeout = arguments.SessionTimeout;
        RebalanceTimeout = arguments.RebalanceTimeout;
        Protocols = arguments.Protocols;
    }

    /// <summary>Whether a JoinGroup brings the same protocols in the same order with the same metadata.</summary>
    public bool Matches(IReadOnlyList<MemberProtocol> protocols)
    {
        if (protocols.Count != Protocols.Count)
            return false;
        for (var i = 0; i < protocols.Count; i++)
        {
            if (!Protocols[i].Matches(protocols[i]))
                return false;
        }

        return true;
    }

    /// <summary>What the member said about a protocol; empty if it does not know it.</summary>
    public byte[] MetadataFor(string? protocol)
    {
        foreach (var candidate in Protocols)
        {
            if (candidate.Name == protocol)
                return candidate.Metadata;
        }

        return [];
    }
}
