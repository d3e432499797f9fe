using FlowStream.Broker.Log;
using FlowStream.Broker.Server;
using FlowStream.Broker.Tests.Log;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

public sealed class FetchTests : IDisposable
{
    private const int MaxWait = 500;

    private readonly BrokerHarness _harness = new();
    private readonly PartitionLog _log;

    public FetchTests()
    {
        _harness.Topics.Create("t", partitions: 1, new Dictionary<string, string>());
        _log = _harness.Topics.FindPartition("t", 0)!;
    }

    public void Dispose() => _harness.Dispose();

    public static TheoryData<short> Versions => [4, 5, 6, 7, 8, 9, 10, 11];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_version_returns_the_batches_as_they_are_in_the_log(short version)
    {
        Append(Batches.Plain("a", "b"));
        Append(Batches.Plain("c"));
        var fetched = await FetchAsync(version, offset: 1);
        Assert.Equal(Batches.ReadAll(_log), fetched.Records);
        Assert.Equal((3, 3), (fetched.HighWatermark, fetched.LastStableOffset));
        Assert.Null(fetched.Aborted);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Under_read_committed_aborted_transactions_are_listed_before_the_records(short version)
    {
        Append(Batches.From(7, 0, 0, transactional: true, "gone"), Batches.InTransaction);
        _log.AppendMarker(7, 0, commit: false, coordinatorEpoch: 0);
        Append(Batches.Plain("kept"));
        Append(Batches.From(8, 0, 0, transactional: true, "open"), Batches.InTransaction);
        var fetched = await FetchAsync(version, isolation: 1);
        Assert.Equal([(7L, 0L)], fetched.Aborted);
        Assert.Equal((4, 3), (fetched.HighWatermark, fetched.LastStableOffset));
        Assert.Equal(Batches.ReadAll(_log, isolation: IsolationLevel.ReadCommitted), fetched.Records);
    }

    [Fact]
    public async Task An_offset_outside_the_log_is_out_of_range_at_once()
    {
        Assert.Equal(ErrorCode.OffsetOutOfRange, (await FetchAsync(11, offset: 1, maxWait: MaxWait)).Error);
        Assert.Equal(ErrorCode.OffsetOutOfRange, (await FetchAsync(11, offset: -1, maxWait: MaxWait)).Error);
    }

    [Fact]
    public async Task A_zstd_batch_is_refused_to_a_version_that_has_no_zstd()
    {
        Append(Batches.WithCodec(Batches.Plain("packed"), CompressionCodec.Zstd));
        Assert.Equal((ErrorCode.UnsupportedCompressionType, 0), await ErrorAndSizeAsync(9));
        Assert.Equal(ErrorCode.None, (await ErrorAndSizeAsync(10)).Error);
    }

    [Fact]
    public async Task A_batch_larger_than_asked_for_still_comes_if_it_is_the_first()
    {
        Append(SampleRequests.Batch(records: 1, valueBytes: 5000));
        Append(SampleRequests.Batch(records: 1, valueBytes: 5000));
        var body = await _harness.AskAsync(ApiKey.Fetch, 11, writer => SampleRequests.Fetch(writer, 11, maxBytes: 100));
        Assert.Single(Batches.Frames(FetchedPartition.Read(body, 11).Records));
    }

    [Fact]
    public async Task A_poll_waits_for_an_append()
    {
        var poll = StartPoll();
        Assert.False(poll.IsCompleted);
        Append(Batches.Plain("new"));
        Assert.Equal(Batches.ReadAll(_log), (await poll).Records);
    }

    [Fact]
    public async Task A_poll_waits_for_as_many_bytes_as_asked()
    {
        var size = SampleRequests.Batch().Length;
        var poll = StartPoll(minBytes: size + 1);
        Append(SampleRequests.Batch());
        Assert.False(poll.IsCompleted);
        Append(SampleRequests.Batch());
        Assert.Equal(2 * size, (await poll).Records.Length);
    }

    [Fact]
    public async Task A_read_committed_poll_wakes_when_the_transaction_ends()
    {
        Append(Batches.From(7, 0, 0, transactional: true, "v"), Batches.InTransaction);
        var poll = StartPoll(isolation: 1);
        Assert.False(poll.IsCompleted);
        _log.AppendMarker(7, 0, commit: true, coordinatorEpoch: 0);
        Assert.Equal(2, (await poll).LastStableOffset);
    }

    [Fact]
    public async Task A_poll_answers_empty_when_its_time_is_over()
    {
        var poll = StartPoll();
        _harness.Clock.Advance(TimeSpan.FromMilliseconds(MaxWait));
        var fetched = await poll;
        Assert.Equal((ErrorCode.None, 0), (fetched.Error, fetched.Records.Length));
    }

    [Fact]
    public async Task A_poll_ends_when_its_topic_is_deleted()
    {
        var poll = StartPoll();
        _harness.Topics.Delete("t");
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, (await poll).Error);
    }

    [Fact]
    public async Task A_poll_ends_when_the_broker_stops()
    {
        var poll = _harness.DispatchAsync(_harness.Frame(ApiKey.Fetch, 11, writer => SampleRequests.Fetch(writer, 11, maxWait: MaxWait)));
        await _harness.Closing.CancelAsync();
        Assert.Equal(DispatchOutcome.Close, await poll);
    }

    [Fact]
    public async Task A_session_that_was_never_given_is_unknown()
    {
        var frame = _harness.Frame(ApiKey.Fetch, 11, writer => SampleRequests.Fetch(writer, 11));
        // Header of 8 bytes and the client id "test", then replica, wait, two sizes and isolation: the session id.
        frame[8 + 6 + 17 + 3] = 9;
        Assert.Equal(DispatchOutcome.Send, await _harness.DispatchAsync(frame));
        var reader = new KafkaReader(_harness.Response().AsSpan(12), flexible: false);
        Assert.Equal(ErrorCode.FetchSessionIdNotFound, (ErrorCode)reader.ReadInt16());
    }

    private void Append(byte[] batch) => Append(batch, Batches.Client);

    private void Append(byte[] batch, AppendContext context) => Assert.Equal(ErrorCode.None, _log.Append(batch, context).Error);

    private async Task<(ErrorCode Error, int Size)> ErrorAndSizeAsync(short version)
    {
        var fetched = await FetchAsync(version);
        return (fetched.Error, fetched.Records.Length);
    }

    private Task<FetchedPartition> StartPoll(int minBytes = 1, sbyte isolation = 0) =>
        FetchAsync(11, maxWait: MaxWait, minBytes: minBytes, isolation: isolation);

    private async Task<FetchedPartition> FetchAsync(
        short version, long offset = 0, int maxWait = 0, int minBytes = 1, sbyte isolation = 0)
    {
        var body = await _harness.AskAsync(
            ApiKey.Fetch, version, writer => SampleRequests.Fetch(writer, version, offset, maxWait, minBytes, isolation));
        return FetchedPartition.Read(body, version);
    }
}
