using FlowStream.Sessions;

namespace FlowStream.Topology;

/// <summary>Tells at each commit of a task what changed in the accounts of its devices.</summary>
internal sealed class DeviceReport
{
    private readonly List<AccountTotals> _reported = [];
    private readonly KeyValuePair<string, object?> _partition;

    /// <summary>Makes the report of the task of <paramref name="partition"/>.</summary>
    public DeviceReport(KeyValuePair<string, object?> partition) => _partition = partition;

    public void Commit(DeviceAccounts accounts, TopologyEvents events)
    {
        for (int i = 0; i < accounts.All.Count; i++)
        {
            if (i == _reported.Count) _reported.Add(default);
            var now = AccountTotals.Of(accounts.All[i]);
            if (now == _reported[i]) continue;
            events.Accounted(_partition, accounts.All[i].Device, now, _reported[i]);
            _reported[i] = now;
        }
    }
}
