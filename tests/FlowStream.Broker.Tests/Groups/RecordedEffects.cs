using FlowStream.Broker.Groups;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>Keeps what a group wants done and checks that no ticket is answered twice.</summary>
internal sealed class RecordedEffects : IGroupEffects
{
    private readonly Dictionary<long, JoinResult> _joins = [];
    private readonly Dictionary<long, SyncResult> _syncs = [];

    public int Persists { get; private set; }

    public Action<long, JoinResult>? OnJoin { get; set; }

    public Action<long, SyncResult>? OnSync { get; set; }

    public JoinResult? JoinOf(long ticket) => _joins.GetValueOrDefault(ticket);

    public SyncResult? SyncOf(long ticket) => _syncs.GetValueOrDefault(ticket);

    public void AnswerJoin(long ticket, JoinResult result)
    {
        Assert.True(_joins.TryAdd(ticket, result), $"join {ticket} was answered twice");
        OnJoin?.Invoke(ticket, result);
    }

    public void AnswerSync(long ticket, SyncResult result)
    {
        Assert.True(_syncs.TryAdd(ticket, result), $"sync {ticket} was answered twice");
        OnSync?.Invoke(ticket, result);
    }

    public void Persist() => Persists++;
}
