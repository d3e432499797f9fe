using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

public sealed class TopicApisTests : IDisposable
{
    private readonly BrokerHarness _harness = new();

    public TopicApisTests() => _harness.Topics.Create("t", partitions: 2, new Dictionary<string, string>());

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task An_unknown_version_of_ApiVersions_is_told_the_known_ones_in_the_first_layout()
    {
        Assert.Equal(
            FlowStream.Broker.Server.DispatchOutcome.Send,
            await _harness.DispatchAsync(_harness.Frame(ApiKey.ApiVersions, 4, writer => writer.WriteInt64(0))));
        var reader = new KafkaReader(_harness.Response().AsSpan(8), flexible: false);
        Assert.Equal(ErrorCode.UnsupportedVersion, (ErrorCode)reader.ReadInt16());
        var versions = reader.ReadArray(6, static (ref KafkaReader api) => (api.ReadInt16(), api.ReadInt16(), api.ReadInt16()));
        Assert.Contains(((short)ApiKey.ApiVersions, (short)0, (short)3), versions);
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData(ApiKey.Produce, 0, 8)]
    [InlineData(ApiKey.Fetch, 4, 11)]
    [InlineData(ApiKey.ListOffsets, 0, 5)]
    [InlineData(ApiKey.Metadata, 0, 8)]
    public async Task What_librdkafka_looks_for_is_advertised(ApiKey key, short min, short max)
    {
        var body = await _harness.AskAsync(ApiKey.ApiVersions, 0, _ => { });
        var reader = new KafkaReader(body.AsSpan(2), flexible: false);
        var versions = reader.ReadArray(6, static (ref KafkaReader api) => (api.ReadInt16(), api.ReadInt16(), api.ReadInt16()));
        Assert.Contains(((short)key, min, max), versions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Asking_for_a_topic_creates_it_with_the_default_partitions(short version)
    {
        await _harness.AskAsync(ApiKey.Metadata, version, writer => SampleRequests.Metadata(writer, version, "new"));
        Assert.Equal(4, _harness.Topics.Find("new")!.Partitions.Count);
    }

    [Fact]
    public async Task Internal_and_illegal_names_are_not_created_by_asking()
    {
        await _harness.AskAsync(ApiKey.Metadata, 1, writer => SampleRequests.Metadata(writer, 1, "a/b", "..", "__consumer_offsets", ""));
        Assert.Equal(["t"], _harness.Topics.Topics.Keys);
    }

    [Theory]
    [InlineData("t", 1, 1, "1000", nameof(ErrorCode.TopicAlreadyExists))]
    [InlineData("a/b", 1, 1, "1000", nameof(ErrorCode.InvalidTopicException))]
    [InlineData("__transaction_state", 1, 1, "1000", nameof(ErrorCode.InvalidTopicException))]
    [InlineData("n", 0, 1, "1000", nameof(ErrorCode.InvalidPartitions))]
    [InlineData("n", 1_000_000, 1, "1000", nameof(ErrorCode.InvalidPartitions))]
    [InlineData("n", 1, 0, "1000", nameof(ErrorCode.InvalidReplicationFactor))]
    [InlineData("n", 1, 1, "soon", nameof(ErrorCode.InvalidConfig))]
    [InlineData("n", 3, 3, "1000", nameof(ErrorCode.None))]
    [InlineData("n", -1, -1, "1000", nameof(ErrorCode.None))]
    public async Task CreateTopics_says_what_is_wrong(string name, int partitions, short replicas, string value, string expected)
    {
        var body = await _harness.AskAsync(
            ApiKey.CreateTopics, 4, writer => SampleRequests.CreateTopics(writer, 4, name, partitions, replicas, value));
        var reader = new KafkaReader(body.AsSpan(8), flexible: false);
        Assert.Equal(name, reader.ReadString());
        Assert.Equal(expected, ((ErrorCode)reader.ReadInt16()).ToString());
        Assert.Equal(expected == nameof(ErrorCode.None), _harness.Topics.Find("n") is not null);
    }

    [Fact]
    public async Task A_created_topic_has_its_configuration_and_survives_a_restart()
    {
        await _harness.AskAsync(ApiKey.CreateTopics, 4, writer => SampleRequests.CreateTopics(writer, 4));
        _harness.Topics.Dispose();
        using var again = TopicStore.Open(_harness.Options, _harness.Clock, _harness.Loggers);
        Assert.Equal(["created", "t"], again.Topics.Keys);
        Assert.Equal(1000, again.FindPartition("created", 1)!.Options.RetentionMs);
        Assert.Equal(_harness.Topics.ClusterId, again.ClusterId);
    }

    [Fact]
    public async Task A_deleted_topic_is_gone_with_its_data()
    {
        var deleted = new List<string>();
        _harness.Topics.Deleted += deleted.Add;
        await _harness.AskAsync(ApiKey.DeleteTopics, 3, SampleRequests.DeleteTopics);
        Assert.Null(_harness.Topics.Find("t"));
        Assert.Equal(["t"], deleted);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_harness.Options.DataDirectory, "logs")));
    }

    [Fact]
    public void Logs_that_no_topic_has_are_removed_at_the_start()
    {
        _harness.Topics.Dispose();
        var orphan = Directory.CreateDirectory(Path.Combine(_harness.Options.DataDirectory, "logs", "half-0"));
        using var again = TopicStore.Open(_harness.Options, _harness.Clock, _harness.Loggers);
        Assert.False(Directory.Exists(orphan.FullName));
        Assert.NotNull(again.FindPartition("t", 1));
    }

    [Fact]
    public void Logs_without_metadata_are_not_taken_for_orphans()
    {
        _harness.Topics.Dispose();
        File.Delete(Path.Combine(_harness.Options.DataDirectory, StoredMetadata.FileName));
        Assert.Throws<InvalidDataException>(() => TopicStore.Open(_harness.Options, _harness.Clock, _harness.Loggers));
    }

    [Theory]
    [InlineData("retention.ms", 0, "5000", nameof(ErrorCode.None), 5000)]
    [InlineData("retention.ms", 0, null, nameof(ErrorCode.InvalidConfig), 604_800_000)]
    [InlineData("retention.ms", 1, null, nameof(ErrorCode.None), 604_800_000)]
    [InlineData("retention.ms", 2, "5", nameof(ErrorCode.InvalidConfig), 604_800_000)]
    [InlineData("cleanup.policy", 2, "compact", nameof(ErrorCode.None), 604_800_000)]
    [InlineData("no.such.entry", 0, "1", nameof(ErrorCode.InvalidConfig), 604_800_000)]
    public async Task Single_entries_change_at_once_or_not_at_all(
        string name, sbyte operation, string? value, string expected, long retention)
    {
        var body = await _harness.AskAsync(
            ApiKey.IncrementalAlterConfigs, 0, writer => SampleRequests.IncrementalAlter(writer, name, operation, value));
        var reader = new KafkaReader(body.AsSpan(8), flexible: false);
        Assert.Equal(expected, ((ErrorCode)reader.ReadInt16()).ToString());
        Assert.Equal(retention, _harness.Topics.FindPartition("t", 0)!.Options.RetentionMs);
    }

    [Theory]
    [InlineData(-1L, 0, 3)]
    [InlineData(-1L, 1, 2)]
    [InlineData(-2L, 0, 0)]
    [InlineData(1001L, 0, 1)]
    [InlineData(1002L, 0, 2)]
    [InlineData(1002L, 1, -1)]
    [InlineData(9_999_999L, 0, -1)]
    public async Task ListOffsets_finds_start_end_and_time(long timestamp, sbyte isolation, long expected)
    {
        var log = _harness.Topics.FindPartition("t", 0)!;
        log.Append(Log.Batches.At(1000, "a"), Log.Batches.Client);
        log.Append(Log.Batches.At(1001, "b"), Log.Batches.Client);
        var open = new RecordBatchBuilder { ProducerId = 7, ProducerEpoch = 0, BaseSequence = 0, IsTransactional = true };
        log.Append(Log.Batches.Build(open, 1002, ("k", "open")), Log.Batches.InTransaction);
        var body = await _harness.AskAsync(
            ApiKey.ListOffsets, 5, writer => SampleRequests.ListOffsets(writer, 5, timestamp, isolation));
        var reader = new KafkaReader(body.AsSpan(4 + 4 + 3 + 4 + 4), flexible: false);
        Assert.Equal(ErrorCode.None, (ErrorCode)reader.ReadInt16());
        reader.ReadInt64();
        Assert.Equal(expected, reader.ReadInt64());
    }

    [Fact]
    public async Task DeleteRecords_moves_the_start_of_the_log()
    {
        var log = _harness.Topics.FindPartition("t", 0)!;
        log.Append(SampleRequests.Batch(records: 3), Log.Batches.Client);
        await _harness.AskAsync(ApiKey.DeleteRecords, 1, writer => SampleRequests.DeleteRecords(writer, offset: -1));
        Assert.Equal(3, log.LogStartOffset);
    }
}
