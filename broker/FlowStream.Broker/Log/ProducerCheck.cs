using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Log;

/// <summary>Whether a producer may append a batch now.</summary>
/// <param name="Error">None when it may.</param>
/// <param name="Message">Why not.</param>
/// <param name="IsDuplicate">The batch is in the log already.</param>
/// <param name="Original">If so, where.</param>
internal readonly record struct ProducerCheck(ErrorCode Error, string? Message, bool IsDuplicate, ProducerBatch Original)
{
    /// <summary>It may.</summary>
    public static ProducerCheck Accepted => default;

    /// <summary>It may not.</summary>
    public static ProducerCheck Refused(ErrorCode error, string message) => new(error, message, false, default);
}
