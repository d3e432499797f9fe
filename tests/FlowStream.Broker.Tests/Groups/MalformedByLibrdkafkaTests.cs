using FlowStream.Broker.Tests.Apis;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>Two requests that librdkafka 2.0.2 writes against the specification, byte for byte.</summary>
public sealed class MalformedByLibrdkafkaTests : IDisposable
{
    private readonly BrokerHarness _broker = new(withCoordinators: true);

    public void Dispose() => _broker.Dispose();

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_four_byte_zero_for_all_partitions_asks_for_all_partitions(short version)
    {
        _broker.Topics.Create("t", 1, new Dictionary<string, string>());
        await _broker.AskAsync(ApiKey.OffsetCommit, 7, CoordinatorRequests.Of(ApiKey.OffsetCommit, 7)!);
        byte[] body = [2, (byte)'g', 0, 0, 0, 0, 1, 0];
        var answer = await _broker.AskAsync(ApiKey.OffsetFetch, version, writer => body.ToList().ForEach(b => writer.WriteInt8((sbyte)b)));
        var reader = new KafkaReader(answer, flexible: true);
        Assert.Equal(0, reader.ReadInt32());
        Assert.Equal(1, reader.ReadArrayLength(1));
        Assert.Equal("t", reader.ReadString());
        Assert.Equal(1, reader.ReadArrayLength(1));
        Assert.Equal(0, reader.ReadInt32());
        Assert.Equal(5, reader.ReadInt64());
    }

    [Fact]
    public async Task A_tag_byte_too_many_in_ListGroups_is_ignored()
    {
        byte[] body = [1, 0, 0];
        var answer = await _broker.AskAsync(ApiKey.ListGroups, 4, writer => body.ToList().ForEach(b => writer.WriteInt8((sbyte)b)));
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0], answer);
    }
}
