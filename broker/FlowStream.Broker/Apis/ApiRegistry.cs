using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>The handlers that serve this broker, by API key. Filled before the first connection, read-only after.</summary>
internal sealed class ApiRegistry
{
    private readonly SortedDictionary<ApiKey, IApiHandler> _handlers = [];

    /// <summary>All handlers, in the order of their API keys.</summary>
    public IReadOnlyCollection<IApiHandler> Handlers => _handlers.Values;

    /// <summary>Adds a handler.</summary>
    /// <exception cref="ArgumentException">Its API has a handler already.</exception>
    public void Add(IApiHandler handler) => _handlers.Add(handler.Versions.Key, handler);

    /// <summary>The handler of an API, or null if this broker does not serve it.</summary>
    public IApiHandler? Find(ApiKey key) => _handlers.GetValueOrDefault(key);
}
