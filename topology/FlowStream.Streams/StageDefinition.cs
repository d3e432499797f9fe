namespace FlowStream.Streams;

/// <summary>
/// A stage: a consumer group with one task for each partition of its input topic. The group, the changelog topic and the transactional
/// ids are named after it.
/// </summary>
/// <param name="Name">Name of the stage, such as <c>sessions</c>; part of the group id <c>applicationId-name</c>.</param>
/// <param name="InputTopic">Topic it reads.</param>
/// <param name="OutputTopics">Topics it writes, with what they are created with when missing.</param>
/// <param name="CreateProcessor">Makes the empty processor of a task, given its partition.</param>
public sealed record StageDefinition(
    string Name, string InputTopic, IReadOnlyList<TopicDefinition> OutputTopics, Func<int, IProcessor> CreateProcessor)
{
    /// <summary>
    /// How far stream time stays behind the highest record timestamp seen; records of several producers may be this much out of order.
    /// Default one second: clocks of the producers' machines are kept by NTP, and batches wait for less.
    /// </summary>
    public TimeSpan TimeAllowance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The tasks of the stage before, when stream time is the least of theirs; null when it is that of the highest record.
    /// </summary>
    public StageSources? Sources { get; init; }

    /// <summary>
    /// Whether the processor reads <see cref="InputRecord.Headers"/>; when false they are not read from the wire and are empty.
    /// </summary>
    public bool ReadsHeaders { get; init; } = true;
}
