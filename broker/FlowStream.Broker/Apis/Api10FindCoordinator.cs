using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// FindCoordinator (key 10), versions 0-2; none of them flexible. There is one broker, so it coordinates everything.
/// <list type="bullet">
/// <item>v0 asks for groups only; v1 adds the kind of key (0 group, 1 transactional id), throttle time and error text.</item>
/// </list>
/// </summary>
/// <param name="options">The broker's id.</param>
internal sealed class Api10FindCoordinator(BrokerOptions options) : IApiHandler
{
    private const sbyte LastKeyType = 1;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.FindCoordinator, Min: 0, Max: 2, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        reader.ReadString();
        var keyType = context.Version >= 1 ? reader.ReadInt8() : (sbyte)0;
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var known = keyType is >= 0 and <= LastKeyType;
        var response = context.Response;
        if (context.Version >= 1)
            response.WriteInt32(0);
        response.WriteError(known ? ErrorCode.None : ErrorCode.InvalidRequest);
        if (context.Version >= 1)
            response.WriteString(known ? null : "The kind of key is neither group nor transactional id.");
        response.WriteInt32(known ? options.NodeId : -1);
        response.WriteString(known ? context.Advertised.Host : string.Empty);
        response.WriteInt32(known ? context.Advertised.Port : -1);
        return new(HandlerResult.Respond);
    }
}
