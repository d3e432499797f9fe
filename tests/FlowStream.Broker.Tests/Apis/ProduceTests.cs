using FlowStream.Broker.Server;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

public sealed class ProduceTests : IDisposable
{
    private const short Version = 8;

    private readonly BrokerHarness _harness = new();

    public ProduceTests() => _harness.Topics.Create("t", partitions: 1, new Dictionary<string, string>());

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_batch_is_appended_and_answered_with_its_offset()
    {
        Assert.Equal((ErrorCode.None, 0), await ProduceAsync(SampleRequests.Batch(records: 3)));
        Assert.Equal((ErrorCode.None, 3), await ProduceAsync(SampleRequests.Batch(records: 2)));
        Assert.Equal(5, _harness.Topics.FindPartition("t", 0)!.HighWatermark);
    }

    [Fact]
    public async Task No_answer_is_sent_for_acks_0_and_an_error_closes_the_connection()
    {
        var good =
            _harness.Frame(ApiKey.Produce, Version, writer => SampleRequests.Produce(writer, Version, acks: 0, SampleRequests.Batch()));
        Assert.Equal(DispatchOutcome.Skip, await _harness.DispatchAsync(good));
        Assert.Equal(3, _harness.Topics.FindPartition("t", 0)!.HighWatermark);
        var bad = _harness.Frame(
            ApiKey.Produce, Version, writer => SampleRequests.Produce(writer, Version, acks: 0, SampleRequests.Batch(), "unknown"));
        Assert.Equal(DispatchOutcome.Close, await _harness.DispatchAsync(bad));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Versions_before_format_2_are_refused_for_their_format(short version)
    {
        var body = await _harness.AskAsync(
            ApiKey.Produce, version, writer => SampleRequests.Produce(writer, version, acks: 1, SampleRequests.Batch()));
        Assert.Equal((ErrorCode.UnsupportedForMessageFormat, -1), Read(body));
        Assert.Equal(0, _harness.Topics.FindPartition("t", 0)!.HighWatermark);
    }

    [Theory]
    [InlineData("t", 0, 2, nameof(ErrorCode.InvalidRequiredAcks))]
    [InlineData("t", 1, 1, nameof(ErrorCode.UnknownTopicOrPartition))]
    [InlineData("t", -1, 1, nameof(ErrorCode.UnknownTopicOrPartition))]
    [InlineData("u", 0, 1, nameof(ErrorCode.UnknownTopicOrPartition))]
    [InlineData("__consumer_offsets", 0, 1, nameof(ErrorCode.InvalidTopicException))]
    public async Task What_cannot_be_appended_is_refused_with_its_reason(string topic, int partition, short acks, string expected)
    {
        var body = await _harness.AskAsync(
            ApiKey.Produce, Version, writer => SampleRequests.Produce(writer, Version, acks, SampleRequests.Batch(), topic, partition));
        Assert.Equal(expected, Read(body).Error.ToString());
    }

    [Fact]
    public async Task Records_that_are_null_or_damaged_are_refused()
    {
        Assert.Equal(ErrorCode.InvalidRecord, (await ProduceAsync(null)).Error);
        var damaged = SampleRequests.Batch();
        damaged[^1] ^= 1;
        Assert.Equal(ErrorCode.CorruptMessage, (await ProduceAsync(damaged)).Error);
        Assert.Equal(0, _harness.Topics.FindPartition("t", 0)!.HighWatermark);
    }

    [Fact]
    public async Task A_transactional_batch_needs_the_partition_in_its_transaction()
    {
        byte[] Batch() => Log.Batches.From(producerId: 5, epoch: 0, sequence: 0, transactional: true, "v");
        Assert.Equal(ErrorCode.InvalidTxnState, (await ProduceAsync(Batch())).Error);
        _harness.Transactions.Add(5, 0, "t", 0);
        Assert.Equal((ErrorCode.None, 0), await ProduceAsync(Batch()));
        Assert.True(_harness.Topics.FindPartition("t", 0)!.HasOpenTransaction(5));
    }

    private async Task<(ErrorCode Error, long BaseOffset)> ProduceAsync(byte[]? batch) =>
        Read(await _harness.AskAsync(ApiKey.Produce, Version, writer => SampleRequests.Produce(writer, Version, acks: -1, batch)));

    private static (ErrorCode Error, long BaseOffset) Read(byte[] body)
    {
        var reader = new KafkaReader(body, flexible: false);
        Assert.Equal(1, reader.ReadInt32());
        reader.ReadString();
        Assert.Equal(1, reader.ReadInt32());
        reader.ReadInt32();
        var result = ((ErrorCode)reader.ReadInt16(), reader.ReadInt64());
        Assert.False(reader.Failed);
        return result;
    }
}
