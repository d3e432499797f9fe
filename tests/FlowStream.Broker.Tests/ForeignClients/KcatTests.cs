using System.Globalization;
using FlowStream.Testing.Broker;
using FlowStream.Testing.ForeignClients;

namespace FlowStream.Broker.Tests.ForeignClients;

public sealed class KcatTests : IAsyncLifetime
{
    private BrokerFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await BrokerFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData("none", 0)]
    [InlineData("gzip", 1)]
    [InlineData("snappy", 2)]
    [InlineData("lz4", 3)]
    [InlineData("zstd", 4)]
    public async Task What_kcat_sends_is_what_kcat_reads_in_every_codec(string codec, int attribute)
    {
        var topic = _fixture.Unique(codec);
        // Every line shrinks by itself: librdkafka sends a batch as it is when compression does not make it smaller.
        string[] lines = [.. Enumerable.Range(1000, 1000).Select(number => $"{number}{new string('-', 200)}")];
        await Kcat(string.Concat(lines.Select(line => $"{line}\n")), "-P", "-t", topic, "-z", codec, "-X", "linger.ms=50");
        var read = await Kcat(null, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-p", "0");
        var all = await Kcat(null, "-C", "-t", topic, "-o", "beginning", "-e", "-q");
        Assert.True(read.Lines.Count <= all.Lines.Count);
        Assert.Equal(lines, all.Lines.Order(StringComparer.Ordinal));
        if (BrokerFixture.IsExternal)
            return;
        var codecs = StoredBatches.Codecs(_fixture.DataDirectory, topic);
        Assert.NotEmpty(codecs);
        Assert.All(codecs, found => Assert.Equal(attribute, found));
    }

    [Fact]
    public async Task A_partition_keeps_the_order_of_seq()
    {
        var topic = _fixture.Unique("order");
        var input = string.Concat(Enumerable.Range(1, 1000).Select(number => $"{number}\n"));
        await Kcat(input, "-P", "-t", topic, "-p", "0");
        var read = await Kcat(null, "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q");
        Assert.Equal(input, read.Output);
    }

    [Fact]
    public async Task Listing_shows_the_broker_and_an_auto_created_topic()
    {
        var topic = _fixture.Unique("listed");
        await Kcat("x\n", "-P", "-t", topic);
        var listing = await Kcat(null, "-L", "-t", topic);
        Assert.Contains($"topic \"{topic}\" with ", listing.Output, StringComparison.Ordinal);
        if (BrokerFixture.IsExternal)
            return;
        Assert.Contains("with 4 partitions", listing.Output, StringComparison.Ordinal);
        Assert.Contains($"at {_fixture.Bootstrap} (controller)", listing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_headers_and_timestamps_come_back()
    {
        var topic = _fixture.Unique("headers");
        await Kcat("k1:v1\n", "-P", "-t", topic, "-p", "0", "-K", ":", "-H", "h=1");
        var read = await Kcat(null, "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q", "-f", "%k|%s|%h|%o|%T\n");
        var fields = Assert.Single(read.Lines).Split('|');
        Assert.Equal(["k1", "v1", "h=1", "0"], fields[..4]);
        Assert.InRange(
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[4], CultureInfo.InvariantCulture)),
            TimeProvider.System.GetUtcNow().AddMinutes(-5),
            TimeProvider.System.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task A_query_by_time_finds_the_first_record_at_or_after_it()
    {
        var topic = _fixture.Unique("times");
        await Kcat("one\n", "-P", "-t", topic, "-p", "0");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var before = await Kcat(null, "-Q", "-t", $"{topic}:0:{now - 3_600_000}");
        var after = await Kcat(null, "-Q", "-t", $"{topic}:0:{now + 3_600_000}");
        Assert.Contains("offset 0", before.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("offset 0", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        if (BrokerFixture.IsExternal)
            return;
        var topic = _fixture.Unique("restart");
        await Kcat("before\n", "-P", "-t", topic, "-p", "0");
        await _fixture.RestartAsync();
        await Kcat("after\n", "-P", "-t", topic, "-p", "0", "-X", "enable.idempotence=false");
        var read = await Kcat(null, "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q");
        Assert.Equal(["before", "after"], read.Lines);
    }

    private async Task<ForeignResult> Kcat(string? input, params string[] arguments)
    {
        var result = await ForeignClient.Kcat().RunAsync(["-b", _fixture.Bootstrap, .. arguments], input);
        return result.EnsureSuccess();
    }
}
