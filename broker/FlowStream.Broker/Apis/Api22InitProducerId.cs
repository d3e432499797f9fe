using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// InitProducerId (key 22), versions 0-4; flexible from 2. v3 lets a producer show what it was before, to go on after an error (KIP-360);
/// v4 says 90 to a fenced producer, before it is 47. Version 0 must be served: librdkafka takes idempotence for unsupported without it.
/// </summary>
/// <param name="transactions">The transaction coordinator.</param>
internal sealed class Api22InitProducerId(TransactionCoordinator transactions) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.InitProducerId, Min: 0, Max: 4, FlexibleFrom: 2);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var transactionalId = reader.ReadNullableString();
        var timeoutMs = reader.ReadInt32();
        var shown = context.Version >= 3 ? new ProducerIdentity(reader.ReadInt64(), reader.ReadInt16()) : ProducerIdentity.None;
        reader.SkipTags();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var error = transactions.InitProducerId(transactionalId, shown, timeoutMs, out var producer);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteError(FencedProducer.ErrorFor(error, context.Version, fencedFrom: 4));
        response.WriteInt64(producer.ProducerId);
        response.WriteInt16(producer.Epoch);
        response.WriteTags();
        return new(HandlerResult.Respond);
    }
}
