using FlowStream.Broker.Groups;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// AddOffsetsToTxn (key 25), versions 0-2; none of them flexible. The transaction gets the partition of the offsets topic that holds the
/// group, which is the same for all groups. v2 says 90 to a fenced producer, before it is 47.
/// </summary>
/// <param name="transactions">The transaction coordinator.</param>
internal sealed class Api25AddOffsetsToTxn(TransactionCoordinator transactions) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.AddOffsetsToTxn, Min: 0, Max: 2, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var transactionalId = reader.ReadString();
        var producer = new ProducerIdentity(reader.ReadInt64(), reader.ReadInt16());
        reader.ReadString();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var error = transactions.AddPartitions(transactionalId, producer, [OffsetsLog.Partition]);
        context.Response.WriteInt32(0);
        context.Response.WriteError(FencedProducer.ErrorFor(error, context.Version, fencedFrom: 2));
        return new(HandlerResult.Respond);
    }
}
