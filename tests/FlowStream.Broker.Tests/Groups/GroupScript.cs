using System.Globalization;
using System.Text;
using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>A group with a clock in the test's hand and short ways to send it requests.</summary>
internal sealed class GroupScript
{
    private long _tickets;
    private int _ids;

    public GroupScript(GroupOptions? options = null)
    {
        Options = options ?? new GroupOptions();
        Group = NewGroup();
    }

    public GroupOptions Options { get; }

    public RecordedEffects Effects { get; } = new();

    public ClassicGroup Group { get; private set; }

    public TimeSpan Now { get; private set; }

    public long Join(
        string memberId = "", string? instance = null, string protocols = "range", int session = 10, int rebalance = 60, bool v4 = false)
    {
        var ticket = ++_tickets;
        Group.Join(
            new JoinArguments
            {
                MemberId = memberId,
                InstanceId = instance,
                ClientId = "client",
                SessionTimeout = TimeSpan.FromSeconds(session),
                RebalanceTimeout = TimeSpan.FromSeconds(rebalance),
                ProtocolType = "consumer",
                Protocols = [.. protocols.Split(',').Select(Parse)],
                RequireKnownMemberId = v4,
            },
            ticket,
            Now);
        return ticket;
    }

    public JoinResult Joined(long ticket)
    {
        var result = Effects.JoinOf(ticket);
        Assert.NotNull(result);
        return result;
    }

    public JoinResult JoinNow(string memberId = "", string? instance = null, string protocols = "range", bool v4 = false) =>
        Joined(Join(memberId, instance, protocols, v4: v4));

    public long Sync(string memberId, int generation, string? instance = null, params (string Member, string Assignment)[] assignments)
    {
        var ticket = ++_tickets;
        var map = assignments.ToDictionary(a => a.Member, a => Encoding.UTF8.GetBytes(a.Assignment));
        Group.Sync(memberId, instance, generation, map, ticket, Now);
        return ticket;
    }

    public string Synced(long ticket)
    {
        var result = Effects.SyncOf(ticket);
        Assert.NotNull(result);
        return result.Error == ErrorCode.None ? Encoding.UTF8.GetString(result.Assignment) : result.Error.ToString();
    }

    public ErrorCode Beat(string memberId, int generation, string? instance = null) => Group.Heartbeat(memberId, instance, generation, Now);

    /// <summary>Lets time pass, stopping at each deadline as the coordinator's timer does.</summary>
    public void Wait(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Group.NextDeadline is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            Group.AdvanceTo(Now);
        }

        Now = end;
    }

    /// <summary>Two members in a stable generation: the leader and a follower, each with an assignment.</summary>
    public (string Leader, string Follower) StablePair(string? leaderInstance = null, string? followerInstance = null)
    {
        var leader = JoinNow(instance: leaderInstance).MemberId;
        var followerTicket = Join(instance: followerInstance);
        var generation = JoinNow(leader, leaderInstance).Generation;
        var follower = Joined(followerTicket).MemberId;
        var parked = Sync(follower, generation, followerInstance);
        Sync(leader, generation, leaderInstance, (leader, "L"), (follower, "F"));
        Assert.Equal("F", Synced(parked));
        Assert.Equal(GroupState.Stable, Group.State);
        return (leader, follower);
    }

    /// <summary>The group as the broker has it after a restart.</summary>
    public void Restart()
    {
        var snapshot = Group.ToSnapshot();
        Group = NewGroup();
        Group.Restore(snapshot, Now);
    }

    private static MemberProtocol Parse(string text)
    {
        var parts = text.Split(':');
        return new MemberProtocol(parts[0], Encoding.UTF8.GetBytes(parts.Length > 1 ? parts[1] : string.Empty));
    }

    private ClassicGroup NewGroup() => new(Options, Effects, () => (++_ids).ToString(CultureInfo.InvariantCulture));
}
