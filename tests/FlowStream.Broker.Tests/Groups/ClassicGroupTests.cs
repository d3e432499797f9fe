using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Groups;

public sealed class ClassicGroupTests
{
    private readonly GroupScript _script = new();

    [Fact]
    public void The_first_member_leads_generation_one()
    {
        var joined = _script.JoinNow();
        Assert.Equal((ErrorCode.None, 1, "range", joined.MemberId), (joined.Error, joined.Generation, joined.Protocol, joined.LeaderId));
        Assert.Equal(joined.MemberId, Assert.Single(joined.Members).MemberId);
    }

    [Fact]
    public void A_new_dynamic_member_gets_its_id_before_it_joins()
    {
        var refused = _script.JoinNow(v4: true);
        Assert.Equal(ErrorCode.MemberIdRequired, refused.Error);
        Assert.Equal(GroupState.Empty, _script.Group.State);
        Assert.Equal(ErrorCode.None, _script.JoinNow(refused.MemberId, v4: true).Error);
    }

    [Fact]
    public void An_id_that_is_not_used_within_the_session_timeout_lapses()
    {
        var id = _script.JoinNow(v4: true).MemberId;
        _script.Wait(10);
        Assert.Equal(ErrorCode.UnknownMemberId, _script.JoinNow(id).Error);
        Assert.Null(_script.Group.NextDeadline);
    }

    [Fact]
    public void A_join_phase_waits_for_a_member_that_was_just_given_its_id()
    {
        var leader = _script.JoinNow().MemberId;
        var pending = _script.JoinNow(v4: true).MemberId;
        var rejoin = _script.Join(leader, protocols: "range:more");
        Assert.Null(_script.Effects.JoinOf(rejoin));
        Assert.Equal(2, _script.JoinNow(pending).Generation);
        Assert.Equal(2, _script.Joined(rejoin).Members.Count);
    }

    [Fact]
    public void A_member_that_does_not_rejoin_is_left_behind_at_the_rebalance_timeout()
    {
        var (leader, follower) = _script.StablePair();
        var third = _script.Join();
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(ErrorCode.RebalanceInProgress, _script.Beat(leader, 2));
            Assert.Equal(ErrorCode.RebalanceInProgress, _script.Beat(follower, 2));
            Assert.Null(_script.Effects.JoinOf(third));
            _script.Wait(5);
        }

        Assert.Equal(3, _script.Joined(third).Generation);
        Assert.Equal(_script.Joined(third).MemberId, _script.Joined(third).LeaderId);
        Assert.Equal(ErrorCode.UnknownMemberId, _script.Beat(follower, 2));
    }

    [Fact]
    public void A_silent_member_expires_and_the_others_rebalance()
    {
        var (leader, follower) = _script.StablePair();
        _script.Wait(6);
        Assert.Equal(ErrorCode.None, _script.Beat(leader, 2));
        _script.Wait(6);
        Assert.Equal(ErrorCode.RebalanceInProgress, _script.Beat(leader, 2));
        var again = _script.JoinNow(leader);
        Assert.Equal(leader, Assert.Single(again.Members).MemberId);
        Assert.Equal(ErrorCode.UnknownMemberId, _script.Beat(follower, 3));
    }

    [Fact]
    public void The_leader_keeps_its_office_over_rebalances()
    {
        var (leader, follower) = _script.StablePair();
        var followerJoin = _script.Join(follower, protocols: "range:new topics");
        Assert.Equal(leader, _script.JoinNow(leader).LeaderId);
        Assert.Equal(leader, _script.Joined(followerJoin).LeaderId);
        Assert.Empty(_script.Joined(followerJoin).Members);
    }

    [Fact]
    public void A_follower_that_asks_again_gets_the_present_generation_without_a_rebalance()
    {
        var (_, follower) = _script.StablePair();
        Assert.Equal(2, _script.JoinNow(follower).Generation);
        Assert.Equal(GroupState.Stable, _script.Group.State);
        Assert.Equal("F", _script.Synced(_script.Sync(follower, 2)));
    }

    [Fact]
    public void The_protocol_most_members_prefer_wins_among_those_all_know()
    {
        var first = _script.JoinNow(protocols: "a,b,c").MemberId;
        var second = _script.Join(protocols: "b,c");
        var third = _script.Join(protocols: "c,b,d");
        var fourth = _script.Join(protocols: "c,b");
        Assert.Equal("c", _script.JoinNow(first, protocols: "a,c,b").Protocol);
        Assert.All([second, third, fourth], ticket => Assert.Equal("c", _script.Joined(ticket).Protocol));
    }

    [Fact]
    public void A_member_without_a_common_protocol_is_refused()
    {
        _script.JoinNow(protocols: "range");
        Assert.Equal(ErrorCode.InconsistentGroupProtocol, _script.JoinNow(protocols: "sticky").Error);
        Assert.Equal(GroupState.CompletingRebalance, _script.Group.State);
    }

    [Fact]
    public void A_rebalance_answers_the_parked_syncs()
    {
        var leader = _script.JoinNow().MemberId;
        var followerJoin = _script.Join();
        var generation = _script.JoinNow(leader).Generation;
        var parked = _script.Sync(_script.Joined(followerJoin).MemberId, generation);
        Assert.Null(_script.Effects.SyncOf(parked));
        _script.Join();
        Assert.Equal("RebalanceInProgress", _script.Synced(parked));
    }

    [Fact]
    public void A_leader_that_never_syncs_is_removed_at_the_rebalance_timeout()
    {
        var leader = _script.JoinNow().MemberId;
        var followerJoin = _script.Join();
        var generation = _script.JoinNow(leader).Generation;
        var follower = _script.Joined(followerJoin).MemberId;
        var parked = _script.Sync(follower, generation);
        for (var i = 0; i < 10; i++)
        {
            _script.Beat(leader, generation);
            _script.Wait(6);
        }

        Assert.Equal("RebalanceInProgress", _script.Synced(parked));
        Assert.Equal(follower, _script.JoinNow(follower).LeaderId);
    }

    [Fact]
    public void A_member_the_leader_left_out_gets_an_empty_assignment()
    {
        var leader = _script.JoinNow().MemberId;
        var followerJoin = _script.Join();
        var generation = _script.JoinNow(leader).Generation;
        var parked = _script.Sync(_script.Joined(followerJoin).MemberId, generation);
        _script.Sync(leader, generation, null, (leader, "all"));
        Assert.Equal(string.Empty, _script.Synced(parked));
    }

    [Fact]
    public void A_restarted_static_member_causes_no_rebalance_and_fences_its_old_self()
    {
        var (leader, follower) = _script.StablePair(followerInstance: "node-1");
        var again = _script.JoinNow(instance: "node-1");
        Assert.Equal((ErrorCode.None, 2, leader), (again.Error, again.Generation, again.LeaderId));
        Assert.NotEqual(follower, again.MemberId);
        Assert.Equal(GroupState.Stable, _script.Group.State);
        Assert.Equal("F", _script.Synced(_script.Sync(again.MemberId, 2, "node-1")));
        Assert.Equal(ErrorCode.FencedInstanceId, _script.Beat(follower, 2, "node-1"));
        Assert.Equal(ErrorCode.None, _script.Beat(leader, 2));
    }

    [Fact]
    public void A_restarted_static_leader_is_told_that_it_follows_because_the_assignment_stands()
    {
        var (leader, _) = _script.StablePair(leaderInstance: "node-0");
        var again = _script.JoinNow(instance: "node-0");
        Assert.Equal(leader, again.LeaderId);
        Assert.NotEqual(leader, again.MemberId);
        Assert.Empty(again.Members);
        Assert.Equal("L", _script.Synced(_script.Sync(again.MemberId, 2, "node-0")));
        Assert.Equal(again.MemberId, _script.Group.LeaderId);
    }

    [Fact]
    public void A_static_member_that_is_away_keeps_its_place_until_its_session_ends()
    {
        var (leader, follower) = _script.StablePair(followerInstance: "node-1");
        _script.Join(protocols: "range:x");
        _script.Join(leader, rebalance: 5, session: 100);
        Assert.Contains(_script.Group.Members, member => member.Id == follower);
        _script.Wait(10);
        Assert.DoesNotContain(_script.Group.Members, member => member.Id == follower);
    }

    [Fact]
    public void An_administrator_removes_a_static_member_by_its_name()
    {
        var (_, follower) = _script.StablePair(followerInstance: "node-1");
        var errors = _script.Group.Leave(
            [new LeavingMember("", "node-1"), new LeavingMember("", "node-2"), new LeavingMember("nobody", null)], _script.Now);
        Assert.Equal([ErrorCode.None, ErrorCode.UnknownMemberId, ErrorCode.UnknownMemberId], errors);
        Assert.DoesNotContain(_script.Group.Members, member => member.Id == follower);
        Assert.Equal(GroupState.PreparingRebalance, _script.Group.State);
    }

    [Fact]
    public void Leaving_under_a_name_that_belongs_to_another_is_fenced()
    {
        var (leader, _) = _script.StablePair(followerInstance: "node-1");
        Assert.Equal([ErrorCode.FencedInstanceId], _script.Group.Leave([new LeavingMember(leader, "node-1")], _script.Now));
    }

    [Fact]
    public void The_last_member_to_leave_empties_the_group_at_once()
    {
        var (leader, follower) = _script.StablePair();
        _script.Group.Leave([new LeavingMember(leader, null), new LeavingMember(follower, null)], _script.Now);
        Assert.Equal((GroupState.Empty, 3), (_script.Group.State, _script.Group.Generation));
        Assert.Null(_script.Group.NextDeadline);
    }

    [Fact]
    public void The_initial_delay_grows_while_members_arrive_but_not_beyond_the_rebalance_timeout()
    {
        var script = new GroupScript(new GroupOptions { InitialRebalanceDelay = TimeSpan.FromSeconds(3) });
        var tickets = new List<long> { script.Join(rebalance: 7) };
        while (script.Effects.JoinOf(tickets[0]) is null)
        {
            script.Wait(1);
            tickets.Add(script.Join(rebalance: 7));
        }

        Assert.Equal(TimeSpan.FromSeconds(7), script.Now);
        Assert.Equal(7, script.Joined(tickets[0]).Members.Count);
    }

    [Fact]
    public void The_member_limit_counts_ids_given_out()
    {
        var script = new GroupScript(new GroupOptions { MaxMembers = 2 });
        var first = script.JoinNow(v4: true).MemberId;
        script.JoinNow(v4: true);
        Assert.Equal(ErrorCode.GroupMaxSizeReached, script.JoinNow(v4: true).Error);
        Assert.Equal(ErrorCode.None, script.JoinNow(first).Error);
    }

    [Fact]
    public void Commits_need_the_present_generation_unless_nobody_is_in_the_group()
    {
        Assert.Equal(ErrorCode.None, Commit("", -1));
        var (leader, _) = _script.StablePair();
        Assert.Equal(ErrorCode.None, Commit(leader, 2));
        Assert.Equal(ErrorCode.IllegalGeneration, Commit(leader, 1));
        Assert.Equal(ErrorCode.UnknownMemberId, Commit("stranger", 2));
        Assert.Equal(ErrorCode.UnknownMemberId, Commit("", -1));
        Assert.Equal(ErrorCode.None, Commit("", -1, transactional: true));
        _script.Join();
        Assert.Equal(ErrorCode.None, Commit(leader, 2));
        _script.Wait(10);
        var alone = _script.Group.LeaderId!;
        Assert.Equal(GroupState.CompletingRebalance, _script.Group.State);
        Assert.Equal(ErrorCode.RebalanceInProgress, Commit(alone, 3));
        Assert.Equal(ErrorCode.None, Commit(alone, 3, transactional: true));
    }

    [Fact]
    public void After_a_restart_the_members_go_on_without_a_rebalance()
    {
        var (leader, follower) = _script.StablePair(followerInstance: "node-1");
        _script.Restart();
        Assert.Equal(ErrorCode.None, _script.Beat(leader, 2));
        Assert.Equal(ErrorCode.None, _script.Beat(follower, 2, "node-1"));
        Assert.Equal("F", _script.Synced(_script.Sync(follower, 2, "node-1")));
        _script.Wait(10);
        Assert.Equal(GroupState.Empty, _script.Group.State);
    }

    private ErrorCode Commit(string memberId, int generation, bool transactional = false) =>
        _script.Group.ValidateCommit(memberId, null, generation, transactional, _script.Now);
}
