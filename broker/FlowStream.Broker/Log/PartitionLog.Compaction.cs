namespace FlowStream.Broker.Log;

/// <content>Compaction.</content>
internal sealed partial class PartitionLog
{
    /// <summary>Compacts, if the policy says so and it is worth it.</summary>
    public void Compact()
    {
        if ((_options.CleanupPolicy & CleanupPolicy.Compact) != 0)
            throw new NotImplementedException();
    }
}
