using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Control;

/// <summary>
/// Lets a test fail, delay, answer or watch any request by its API key.
/// <para>A request costs one field read while no hook is set. Hooks run on the connection's own thread, before the handler.</para>
/// </summary>
public sealed class BrokerControl
{
    private readonly Lock _changing = new();
    private volatile Hook[]? _hooks;

    /// <summary>Calls <paramref name="decide"/> for every request of one API until the result is disposed.</summary>
    /// <param name="key">The API.</param>
    /// <param name="decide">Says what to do. Of several hooks the first that does not pass decides. It may be called from many
    /// threads.</param>
    /// <returns>Takes the hook away again.</returns>
    public IDisposable On(ApiKey key, Func<RequestInfo, ControlAction> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        var hook = new Hook(this, key, decide);
        lock (_changing)
            _hooks = [.. _hooks ?? [], hook];
        return hook;
    }

    internal bool IsActive => _hooks is not null;

    internal ControlAction Decide(in RequestInfo request)
    {
        foreach (var hook in _hooks ?? [])
        {
            if (hook.Key != request.Key)
                continue;
            var action = hook.Decide(request);
            if (action != ControlAction.Pass)
                return action;
        }

        return ControlAction.Pass;
    }

    private void Remove(Hook hook)
    {
        lock (_changing)
        {
            var left = Array.FindAll(_hooks ?? [], other => other != hook);
            _hooks = left.Length == 0 ? null : left;
        }
    }

    private sealed class Hook(BrokerControl owner, ApiKey key, Func<RequestInfo, ControlAction> decide) : IDisposable
    {
        public ApiKey Key => key;

        public Func<RequestInfo, ControlAction> Decide => decide;

        public void Dispose() => owner.Remove(this);
    }
}
