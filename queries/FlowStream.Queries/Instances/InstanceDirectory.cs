using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FlowStream.Topology;

namespace FlowStream.Queries.Instances;

/// <summary>
/// Finds the running instances from Kafka alone: they are the members of the session stage's consumer group, and each member's client id
/// says where it answers (<see cref="Streams.StreamsOptions.ApplicationServer"/>). A member that dies stays until its session times out.
/// </summary>
public sealed class InstanceDirectory
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly IAdminClient _admin;
    private readonly string _group;

    /// <summary>Makes a directory.</summary>
    /// <param name="admin">The connection to Kafka.</param>
    /// <param name="applicationId">That of the instances.</param>
    public InstanceDirectory(IAdminClient admin, string applicationId)
    {
        _admin = admin;
        _group = $"{applicationId}-{FlowStreamTopology.SessionsStage}";
    }

    /// <summary>The instances; those of one address, the threads of a process, are one.</summary>
    /// <exception cref="KafkaException">Kafka does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<Instance>> FindAsync()
    {
        DescribeConsumerGroupsResult described = await _admin.DescribeConsumerGroupsAsync(
            [_group], new DescribeConsumerGroupsOptions { RequestTimeout = CallTimeout }).ConfigureAwait(false);
        IEnumerable<Instance> members =
            from member in described.ConsumerGroupDescriptions.Single().Members
            select Instance.Of(member.ClientId, member.Host, [.. member.Assignment.TopicPartitions.Select(one => one.Partition.Value)]);
        return
        [
            .. from member in members
               group member by member.Address?.ToString() ?? member.Name into threads
               orderby threads.Min(thread => thread.Name)
               select threads.First() with { Partitions = [.. threads.SelectMany(thread => thread.Partitions).Order()] },
        ];
    }

    /// <summary>How many tasks there are: the partitions of the raw topic.</summary>
    /// <exception cref="KafkaException">Kafka does not answer.</exception>
    public int Tasks() => _admin.GetMetadata(FlowTopics.Raw, CallTimeout).Topics.Sum(topic => topic.Partitions.Count);
}
