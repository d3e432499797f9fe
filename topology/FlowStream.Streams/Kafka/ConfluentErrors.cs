using Confluent.Kafka;
using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Kafka;

/// <summary>
/// The one place that decides what an error of librdkafka means: retriable, transaction lost, or fatal (librdkafka INTRODUCTION.md,
/// "Transactional Producer"; KIP-98; KIP-447).
/// </summary>
internal static class ConfluentErrors
{
    /// <summary>An error of a call that belongs to a transaction.</summary>
    public static KafkaClientException OfTransaction(string call, KafkaException error) =>
        new(TransactionFailure(error), Text(call, error.Error), error);

    /// <summary>An error of a call that only reads.</summary>
    public static KafkaClientException OfRead(string call, KafkaException error) =>
        new(ReadFailure(error.Error), Text(call, error.Error), error);

    /// <summary>Whether the error callback's news make an answered request doubtful: a twin of it may still be under way.</summary>
    public static bool LeavesDoubt(ErrorCode code) => code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport
        or ErrorCode.Local_TimedOutQueue or ErrorCode.Local_MsgTimedOut or ErrorCode.RequestTimedOut;

    private static ClientFailure TransactionFailure(KafkaException error)
    {
        if (IsHopeless(error.Error.Code)) return ClientFailure.Fatal;
        // A call that timed out may have reached the broker; librdkafka calls it retriable, but only a raised epoch makes its twin
        // harmless.
        return error is KafkaRetriableException && !LeavesDoubt(error.Error.Code) ? ClientFailure.Retriable : ClientFailure.TransactionLost;
    }

    private static ClientFailure ReadFailure(Error error) =>
        error.IsFatal || IsHopeless(error.Code) ? ClientFailure.Fatal : ClientFailure.Retriable;

    private static bool IsHopeless(ErrorCode code) => code is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
        or ErrorCode.TransactionalIdAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed or ErrorCode.SaslAuthenticationFailed
        or ErrorCode.UnsupportedVersion or ErrorCode.UnsupportedForMessageFormat or ErrorCode.InvalidTransactionTimeout
        or ErrorCode.Local_Authentication or ErrorCode.Local_UnsupportedFeature or ErrorCode.Local_InvalidArg
        or ErrorCode.Local_NotImplemented;

    private static string Text(string call, Error error) => $"{call}: {error.Code} ({error.Reason})";
}
