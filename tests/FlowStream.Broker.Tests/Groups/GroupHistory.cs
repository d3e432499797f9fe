using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>Drives a group through random steps and checks after each what must hold.</summary>
internal sealed class GroupHistory
{
    private static readonly string[] Protocols = ["a", "a,b", "b,a", "a:1,b:2", "c"];
    private static readonly string?[] Instances = [null, null, "node-1", "node-2"];

    private readonly GroupScript _script = new();
    private readonly Dictionary<long, TimeSpan> _waiting = [];
    private readonly Dictionary<long, (int Generation, string Key)> _syncs = [];
    private readonly Dictionary<int, string> _leaders = [];
    private readonly HashSet<(int Generation, string Key)> _assigned = [];
    private readonly List<(string Id, string? Instance, int Generation)> _identities = [];
    private readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    public Func<int, string, byte[]> Assign { get; init; } = (generation, key) =>
        System.Text.Encoding.UTF8.GetBytes($"{generation}:{key}");

    public void Run(int[] steps)
    {
        _script.Effects.OnJoin = OnJoin;
        _script.Effects.OnSync = OnSync;
        foreach (var step in steps)
        {
            var before = _script.Group.Generation;
            Take(step);
            Assert.True(_script.Group.Generation >= before);
            CheckInvariants();
        }

        _script.Wait(3600);
        Assert.Empty(_waiting);
        Assert.Equal(GroupState.Empty, _script.Group.State);
        Assert.Null(_script.Group.NextDeadline);
    }

    private void Take(int step)
    {
        var (action, pick) = (step % 8, step / 8);
        var who = _identities.Count == 0 ? ("", null, 0) : _identities[pick % _identities.Count];
        switch (action)
        {
            case 0:
                Wait(_script.Join("", Instances[pick % 4], Protocols[pick % 5], 10, 20 + (pick % 3 * 20), v4: pick % 2 == 0));
                break;
            case 1 or 2:
                Wait(_script.Join(who.Item1, who.Item2, Protocols[pick % 5], 10, 60));
                break;
            case 3 or 4:
                Sync(who);
                break;
            case 5:
                _script.Beat(who.Item1, who.Item3, who.Item2);
                break;
            case 6:
                _script.Group.Leave([new LeavingMember(who.Item1, who.Item2)], _script.Now);
                break;
            default:
                _script.Wait(pick % 15);
                break;
        }
    }

    private void Sync((string Id, string? Instance, int Generation) who)
    {
        var group = _script.Group;
        var map = group.Members.ToDictionary(member => member.Id, member => Assign(group.Generation, member.InstanceId ?? member.Id));
        var generation = group.Generation;
        if (who.Id == group.LeaderId && group.State == GroupState.CompletingRebalance && who.Generation == generation)
            _assigned.UnionWith(group.Members.Select(member => (generation, member.InstanceId ?? member.Id)));
        var ticket = NextTicket();
        _waiting.Add(ticket, _script.Now);
        _syncs.Add(ticket, (who.Generation, who.Instance ?? who.Id));
        group.Sync(who.Id, who.Instance, who.Generation, map, ticket, _script.Now);
    }

    private long NextTicket() => -1 - _syncs.Count;

    private void Wait(long ticket)
    {
        if (_script.Effects.JoinOf(ticket) is null)
            _waiting.Add(ticket, _script.Now);
    }

    private void OnJoin(long ticket, JoinResult result)
    {
        _waiting.Remove(ticket);
        if (result.Error == ErrorCode.MemberIdRequired)
            _identities.Add((result.MemberId, null, 0));
        if (result.Error != ErrorCode.None)
            return;
        var member = _script.Group.Members.Single(m => m.Id == result.MemberId);
        _identities.Add((result.MemberId, member.InstanceId, result.Generation));
        Assert.Equal(_script.Group.Generation, result.Generation);
        if (result.Members.Count == 0)
            return;
        Assert.Equal(result.LeaderId, result.MemberId);
        Assert.Equal(_script.Group.Members.Select(m => m.Id), result.Members.Select(m => m.MemberId));
        Assert.True(
            _leaders.TryAdd(result.Generation, result.LeaderId) || _leaders[result.Generation] == result.LeaderId, "two leaders");
    }

    private void OnSync(long ticket, SyncResult result)
    {
        Assert.True(_waiting.Remove(ticket));
        if (result.Error != ErrorCode.None)
            return;
        var (generation, key) = _syncs[ticket];
        Assert.Contains((generation, key), _assigned);
        Assert.Equal($"{generation}:{key}", System.Text.Encoding.UTF8.GetString(result.Assignment));
    }

    private void CheckInvariants()
    {
        var group = _script.Group;
        Assert.All(_waiting,
            wait => Assert.True(_script.Now - wait.Value <= _longest, $"{wait.Key} waits since {wait.Value}, now {_script.Now}"));
        Assert.True(group.State is GroupState.Empty or GroupState.PreparingRebalance || group.Members.Count > 0);
        Assert.Equal(group.Members.Count > 0, group.LeaderId is not null);
        Assert.True(group.LeaderId is null || group.Members.Any(member => member.Id == group.LeaderId));
        if (group.State == GroupState.CompletingRebalance)
            Assert.True(_leaders.ContainsKey(group.Generation), "a generation without a leader");
    }
}
