using FlowStream.Bandwidth;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>The stages of FlowStream, the topics between them and their names.</summary>
public static class FlowStreamTopology
{
    /// <summary>Name of the stage that reads messages and writes sessions, denials, paths, dead letters and partial sums.</summary>
    public const string SessionsStage = "sessions";

    /// <summary>Name of the stage that adds partial sums up to windows.</summary>
    public const string BandwidthStage = "bandwidth";

    private const string Delete = "delete";

    /// <summary>The internal topic of partial sums.</summary>
    public static string PartialsTopic(string applicationId) => $"{applicationId}-partials";

    /// <summary>Every stage, in the order of a message's way.</summary>
    /// <param name="options">What the stages do.</param>
    /// <param name="applicationId">Prefix of the internal topics: that of <see cref="StreamsOptions.ApplicationId"/>.</param>
    /// <param name="events">Counts and logs what all tasks do.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message names the one.</exception>
    public static IReadOnlyList<StageDefinition> Stages(TopologyOptions options, string applicationId, TopologyEvents events)
    {
        options.Bandwidth.Validate();
        Aggregation.Validate(options.Aggregations);
        return [Sessions(options, PartialsTopic(applicationId), events), Bandwidth(options, PartialsTopic(applicationId), events)];
    }

    private static StageDefinition Sessions(TopologyOptions options, string partials, TopologyEvents events) => new(
        SessionsStage,
        FlowTopics.Raw,
        [
            new TopicDefinition(FlowTopics.Sessions, Delete),
            new TopicDefinition(FlowTopics.Denials, Delete),
            new TopicDefinition(FlowTopics.Paths, Delete),
            new TopicDefinition(FlowTopics.DeadLetter, Delete),
            new TopicDefinition(partials, Delete),
        ],
        partition => new SessionProcessor(options, partials, partition, events));

    private static StageDefinition Bandwidth(TopologyOptions options, string partials, TopologyEvents events) => new(
        BandwidthStage,
        partials,
        [
            new TopicDefinition(FlowTopics.Bandwidth, "compact,delete"),
            new TopicDefinition(FlowTopics.Paths, Delete),
            new TopicDefinition(FlowTopics.DeadLetter, Delete),
        ],
        partition => new BandwidthProcessor(options.Bandwidth, partials, partition, events))
    {
        // Partials carry the stream time of the session stage, from which the allowance is already taken.
        TimeAllowance = TimeSpan.Zero,
        Sources = new StageSources(BandwidthWindows.SourceOf, options.RawPartitions, options.Bandwidth.SourceIdle),
    };
}
