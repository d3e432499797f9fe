namespace FlowStream.Streams.Clients;

/// <summary>Hears what the group takes and gives. A call may name partitions in any number; it must not throw.</summary>
internal interface IRebalanceListener
{
    /// <summary>These partitions are ours now.</summary>
    void OnAssigned(IReadOnlyList<int> partitions);

    /// <summary>These go to another member when the call returns: the last chance to commit their work.</summary>
    void OnRevoked(IReadOnlyList<int> partitions);

    /// <summary>These already belong to somebody else: their work cannot be committed any more.</summary>
    void OnLost(IReadOnlyList<int> partitions);
}
