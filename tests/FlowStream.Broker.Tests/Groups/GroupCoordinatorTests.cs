using System.Text;
using FlowStream.Broker.Groups;
using FlowStream.Broker.Tests.Transactions;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>The coordinator over a real log, on a clock in the test's hand, with crashes.</summary>
public sealed class GroupCoordinatorTests : IDisposable
{
    private static readonly MemberClaim Anonymous = new("", null, -1);
    private static readonly TopicPartition First = new("topic", 0);
    private static readonly TopicPartition Second = new("topic", 1);

    private readonly CoordinatorsOnDisk _disk = new(
        options => options with { Groups = new GroupOptions { MaxGroups = 3, MaxOffsetsPerGroup = 2 } });

    private GroupCoordinator Groups => _disk.Groups;

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task A_stable_group_survives_a_crash_without_a_rebalance()
    {
        var member = await StableMember("group");
        _disk.Crash();
        Assert.Equal(ErrorCode.None, Groups.Heartbeat("group", member));
        var synced = await Groups.SyncAsync("group", member, new Dictionary<string, byte[]>());
        Assert.Equal("mine", Encoding.UTF8.GetString(synced.Assignment));
        _disk.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(GroupState.Empty, Groups.Describe("group").State);
        _disk.Crash();
        Assert.Equal(GroupState.Empty, Groups.Describe("group").State);
    }

    [Fact]
    public async Task A_timer_ends_the_session_of_a_silent_member()
    {
        var member = await StableMember("group");
        _disk.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(ErrorCode.None, Groups.Heartbeat("group", member));
        _disk.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(GroupState.Stable, Groups.Describe("group").State);
        _disk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(GroupState.Empty, Groups.Describe("group").State);
    }

    [Fact]
    public void Offsets_survive_a_crash_and_the_last_one_counts()
    {
        Assert.Equal([ErrorCode.None], Commit("group", First, 5, "note"));
        Assert.Equal([ErrorCode.None], Commit("group", First, 7));
        _disk.Crash();
        Assert.Equal((7, ""), Fetch("group", First));
        Assert.Equal((-1, ""), Fetch("group", Second));
        Assert.Equal((-1, ""), Fetch("nobody", First));
        Assert.Single(Groups.FetchOffsets("group", null, requireStable: false));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Pending_offsets_are_unstable_until_their_marker_also_across_a_crash(bool commit, bool crash)
    {
        Commit("group", First, 1);
        var producer = BeginWithOffset("id", First, 9);
        if (crash)
            _disk.Crash();
        Assert.Equal(ErrorCode.UnstableOffsetCommit, Groups.FetchOffsets("group", [First], requireStable: true)[0].Error);
        Assert.Equal((1, ""), Fetch("group", First));
        Assert.Equal(ErrorCode.None, _disk.Transactions.EndTransaction("id", producer, commit));
        Assert.Equal((commit ? 9 : 1, ""), Fetch("group", First));
        _disk.Crash();
        Assert.Equal((commit ? 9 : 1, ""), Fetch("group", First));
        Assert.Equal(ErrorCode.None, Groups.FetchOffsets("group", [First], requireStable: true)[0].Error);
    }

    [Fact]
    public void A_plain_commit_after_the_transactional_one_wins_though_the_marker_comes_later()
    {
        var producer = BeginWithOffset("id", First, 9);
        Commit("group", First, 4);
        Assert.Equal(ErrorCode.None, _disk.Transactions.EndTransaction("id", producer, commit: true));
        Assert.Equal((4, ""), Fetch("group", First));
        _disk.Crash();
        Assert.Equal((4, ""), Fetch("group", First));
    }

    [Fact]
    public void Metadata_groups_and_offsets_have_limits()
    {
        Assert.Equal([ErrorCode.None], Commit("a", First, 1, new string('x', 4096)));
        Assert.Equal([ErrorCode.OffsetMetadataTooLarge], Commit("a", First, 1, new string('x', 4097)));
        Assert.Equal([ErrorCode.OffsetMetadataTooLarge], Commit("a", First, 1, new string('é', 2049)));
        Commit("a", Second, 1);
        Assert.Equal([ErrorCode.PolicyViolation], Commit("a", new TopicPartition("topic", 2), 1));
        Assert.Equal([ErrorCode.None], Commit("a", Second, 2));
        Commit("b", First, 1);
        Commit("c", First, 1);
        Assert.Equal([ErrorCode.PolicyViolation], Commit("d", First, 1));
        Assert.Equal(ErrorCode.None, Groups.Delete("b"));
        Assert.Equal([ErrorCode.None], Commit("d", First, 1));
        Groups.Delete("c");
        Assert.Equal([ErrorCode.InvalidGroupId], Commit(new string('g', 1025), First, 1));
    }

    [Fact]
    public async Task Offsets_of_an_empty_group_go_after_the_retention_and_the_group_with_them()
    {
        var member = await StableMember("group");
        Assert.Equal([ErrorCode.None], Groups.Commit("group", member, [new(First, 3, -1, "")]));
        Groups.Leave("group", [new LeavingMember(member.MemberId, null)]);
        _disk.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(20));
        Assert.Equal((3, ""), Fetch("group", First));
        _disk.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal((-1, ""), Fetch("group", First));
        Assert.Empty(Groups.List());
        _disk.Crash();
        Assert.Empty(Groups.List());
        Assert.Equal((-1, ""), Fetch("group", First));
    }

    [Fact]
    public async Task Only_an_empty_group_can_be_deleted_and_it_stays_so()
    {
        Assert.Equal(ErrorCode.GroupIdNotFound, Groups.Delete("group"));
        var member = await StableMember("group");
        Groups.Commit("group", member, [new(First, 3, -1, "")]);
        Assert.Equal(ErrorCode.NonEmptyGroup, Groups.Delete("group"));
        Groups.Leave("group", [new LeavingMember(member.MemberId, null)]);
        BeginWithOffset("id", Second, 1);
        Assert.Equal(ErrorCode.None, Groups.Delete("group"));
        _disk.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(GroupState.Dead, Groups.Describe("group").State);
        _disk.Crash();
        Assert.Empty(Groups.List());
    }

    [Fact]
    public async Task Offsets_of_a_topic_in_use_cannot_be_deleted()
    {
        byte[] subscription = [0, 0, 0, 0, 0, 1, 0, 5, .. "topic"u8];
        var member = await StableMember("group", subscription);
        Groups.Commit("group", member, [new(First, 3, -1, ""), new(new TopicPartition("other", 0), 4, -1, "")]);
        var errors = Groups.DeleteOffsets("group", [First, new TopicPartition("other", 0)], out var error);
        Assert.Equal(ErrorCode.None, error);
        Assert.Equal([ErrorCode.GroupSubscribedToTopic, ErrorCode.None], errors);
        Assert.Equal((-1, ""), Fetch("group", new TopicPartition("other", 0)));
        Assert.Equal((3, ""), Fetch("group", First));
    }

    [Fact]
    public void A_deleted_topic_takes_its_offsets_along()
    {
        _disk.Topics.Create("topic", 2, new Dictionary<string, string>());
        Commit("group", First, 3);
        _disk.Topics.Delete("topic");
        Assert.Equal((-1, ""), Fetch("group", First));
        _disk.Crash();
        Assert.Equal((-1, ""), Fetch("group", First));
    }

    [Fact]
    public async Task Session_timeouts_outside_the_limits_are_refused()
    {
        Assert.Equal(ErrorCode.InvalidSessionTimeout, await Join("group", Arguments([], session: 0)));
        Assert.Equal(ErrorCode.InvalidSessionTimeout, await Join("group", Arguments([], session: 1801)));
        Assert.Equal(ErrorCode.InvalidGroupId, await Join("", Arguments([], session: 10)));
        Assert.Equal(ErrorCode.UnknownMemberId, await Join("group", Arguments([], session: 10) with { MemberId = "x" }));
        Assert.Equal(ErrorCode.PolicyViolation, await Join("group", Arguments(new byte[(256 * 1024) + 1], session: 10)));
    }

    private async Task<ErrorCode> Join(string groupId, JoinArguments arguments) => (await Groups.JoinAsync(groupId, arguments)).Error;

    private static JoinArguments Arguments(byte[] metadata, int session) => new()
    {
        MemberId = string.Empty,
        ClientId = "client",
        SessionTimeout = TimeSpan.FromSeconds(session),
        RebalanceTimeout = TimeSpan.FromSeconds(60),
        ProtocolType = "consumer",
        Protocols = [new MemberProtocol("range", metadata)],
    };

    private async Task<MemberClaim> StableMember(string groupId, byte[]? subscription = null)
    {
        var joined = await Groups.JoinAsync(groupId, Arguments(subscription ?? [], session: 10));
        Assert.Equal(ErrorCode.None, joined.Error);
        var member = new MemberClaim(joined.MemberId, null, joined.Generation);
        var synced = await Groups.SyncAsync(groupId, member, new Dictionary<string, byte[]> { [joined.MemberId] = "mine"u8.ToArray() });
        Assert.Equal(ErrorCode.None, synced.Error);
        return member;
    }

    private ErrorCode[] Commit(string groupId, TopicPartition partition, long offset, string metadata = "") =>
        Groups.Commit(groupId, Anonymous, [new(partition, offset, -1, metadata)]);

    private (long Offset, string Metadata) Fetch(string groupId, TopicPartition partition)
    {
        var fetched = Assert.Single(Groups.FetchOffsets(groupId, [partition], requireStable: false));
        Assert.Equal(ErrorCode.None, fetched.Error);
        return (fetched.Offset?.Offset ?? -1, fetched.Offset?.Metadata is { Length: < 100 } text ? text : string.Empty);
    }

    private ProducerIdentity BeginWithOffset(string transactionalId, TopicPartition partition, long offset)
    {
        Assert.Equal(ErrorCode.None, _disk.Transactions.InitProducerId(transactionalId, ProducerIdentity.None, 60_000, out var producer));
        Assert.Equal(ErrorCode.None, _disk.Transactions.AddPartitions(transactionalId, producer, [OffsetsLog.Partition]));
        ErrorCode[] errors = [];
        OffsetCommitItem[] items = [new(partition, offset, -1, "")];
        Assert.Equal(ErrorCode.None, _disk.Transactions.WithOffsets(transactionalId, producer, OffsetsLog.Partition, () =>
            errors = Groups.CommitInTransaction("group", Anonymous, items, producer.ProducerId, producer.Epoch)));
        Assert.Equal([ErrorCode.None], errors);
        return producer;
    }
}
