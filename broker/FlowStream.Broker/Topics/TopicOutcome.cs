using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Topics;

/// <summary>What became of a change to the topics.</summary>
/// <param name="Error">The error code; <see cref="ErrorCode.None"/> when it is done.</param>
/// <param name="Message">What was wrong, in one sentence, or null.</param>
internal readonly record struct TopicOutcome(ErrorCode Error, string? Message = null)
{
    /// <summary>It is done.</summary>
    public static TopicOutcome Done => default;
}
