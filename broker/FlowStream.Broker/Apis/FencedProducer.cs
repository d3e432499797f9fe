using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>How a fenced producer is told: 90 PRODUCER_FENCED came later than the APIs that need it (KIP-588).</summary>
internal static class FencedProducer
{
    /// <summary>The error as the version knows it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="version">The version of the request.</param>
    /// <param name="fencedFrom">The first version of the API that knows 90; older ones get 47 INVALID_PRODUCER_EPOCH.</param>
    public static ErrorCode ErrorFor(ErrorCode error, short version, short fencedFrom) =>
        error == ErrorCode.ProducerFenced && version < fencedFrom ? ErrorCode.InvalidProducerEpoch : error;
}
