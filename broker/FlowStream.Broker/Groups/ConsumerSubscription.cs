using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>
/// The one place that looks into what members say of themselves: the topics of a consumer's subscription (ConsumerProtocolSubscription),
/// because offsets of a topic in use may not be deleted (KIP-496).
/// </summary>
internal static class ConsumerSubscription
{
    /// <summary>The protocol type of consumers.</summary>
    public const string ProtocolType = "consumer";

    /// <summary>The topics that a member subscribes to; none if its metadata is not a subscription.</summary>
    public static IReadOnlyList<string> TopicsOf(GroupMember member)
    {
        var topics = new List<string>();
        foreach (var protocol in member.Protocols)
        {
            var reader = new KafkaReader(protocol.Metadata, flexible: false);
            reader.ReadInt16();
            var count = reader.ReadArrayLength(sizeof(short));
            for (var i = 0; i < count && !reader.Failed; i++)
                topics.Add(reader.ReadString());
        }

        return topics;
    }
}
