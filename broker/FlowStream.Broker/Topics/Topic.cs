using FlowStream.Broker.Log;

namespace FlowStream.Broker.Topics;

/// <summary>A topic as it is at one moment. A change makes a new one; the partition logs are shared by both.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">The logs, by partition number.</param>
/// <param name="Configs">The configuration entries that were set, by name; what is not here has its default.</param>
internal sealed record Topic(string Name, IReadOnlyList<PartitionLog> Partitions, IReadOnlyDictionary<string, string> Configs)
{
    /// <summary>Whether only the broker writes to it.</summary>
    public bool IsInternal => TopicName.IsInternal(Name);
}
