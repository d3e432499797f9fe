using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// EndTxn (key 26), versions 0-2; none of them flexible. Answered when every partition has its marker. v2 says 90 to a fenced producer,
/// before it is 47.
/// </summary>
/// <param name="transactions">The transaction coordinator.</param>
internal sealed class Api26EndTxn(TransactionCoordinator transactions) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.EndTxn, Min: 0, Max: 2, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var transactionalId = reader.ReadString();
        var producer = new ProducerIdentity(reader.ReadInt64(), reader.ReadInt16());
        var commit = reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var error = transactions.EndTransaction(transactionalId, producer, commit);
        context.Response.WriteInt32(0);
        context.Response.WriteError(FencedProducer.ErrorFor(error, context.Version, fencedFrom: 2));
        return new(HandlerResult.Respond);
    }
}
