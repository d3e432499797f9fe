using System.Text;
using FlowStream.Broker.Tests.Apis;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Tests.Server;

/// <summary>The embedded broker over real sockets. It is always the embedded one, whatever Kafka other tests run against.</summary>
public sealed class BrokerServerTests : IAsyncLifetime, IDisposable
{
    private const int MaxRequestBytes = 64 * 1024;
    private const int MaxConnections = 3;

    private readonly TestLoggerFactory _loggers = new();
    private readonly FakeTimeProvider _clock = new();
    private BrokerOptions _options = null!;
    private EmbeddedBroker _broker = null!;

    public async Task InitializeAsync()
    {
        _options = new BrokerOptions
        {
            DataDirectory = Directory.CreateTempSubdirectory("flowstream-server-").FullName,
            Listen = new HostPort("127.0.0.1", 0),
            MaxRequestBytes = MaxRequestBytes,
            MaxConnections = MaxConnections,
        };
        _broker = await EmbeddedBroker.StartAsync(_options, _clock, _loggers);
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }

    public void Dispose() => _loggers.Dispose();

    public static TheoryData<string, byte[]> Garbage => new()
    {
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, .. "JFIF"u8] },
        { "HTTP", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: example.net\r\n\r\n") },
        { "TLS", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3] },
        { "zeroes", new byte[64] },
        { "unknown API", RawClient.Frame((ApiKey)999, 0, 1, _ => { }) },
        { "unknown version", RawClient.Frame(ApiKey.Fetch, 99, 1, _ => { }) },
        { "cut body", RawClient.Frame(ApiKey.Metadata, 1, 1, writer => writer.WriteInt16(0)) },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task What_is_no_request_closes_its_connection_with_one_line_and_harms_no_other(string name, byte[] bytes)
    {
        using var other = await RawClient.ConnectAsync(_broker);
        using var client = await RawClient.ConnectAsync(_broker);
        await client.SendAsync(bytes);
        Assert.Null(await client.ReceiveAsync());
        Assert.True(_loggers.Lines.Count(line => line.Level >= LogLevel.Warning) == 1, name);
        await other.SendAsync(Ask(1));
        Assert.Equal(1, await other.ReceiveCorrelationIdAsync());
    }

    [Fact]
    public async Task Requests_sent_at_once_are_answered_in_their_order()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        await client.SendAsync([.. Enumerable.Range(0, 500).SelectMany(Ask)]);
        for (var id = 0; id < 500; id++)
            Assert.Equal(id, await client.ReceiveCorrelationIdAsync());
    }

    [Fact]
    public async Task A_request_in_single_bytes_is_answered()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        foreach (var one in Ask(5))
            await client.SendAsync(one);
        Assert.Equal(5, await client.ReceiveCorrelationIdAsync());
    }

    [Fact]
    public async Task A_request_of_the_largest_size_is_taken_and_one_byte_more_is_not()
    {
        // API key, version, correlation id and client id come before the body.
        const int header = 2 + 2 + 4 + 2 + 3;
        using var client = await RawClient.ConnectAsync(_broker);
        await client.SendAsync(RawClient.Frame(ApiKey.ApiVersions, 0, 1, writer => Zeroes(writer, MaxRequestBytes - header)));
        Assert.Equal(1, await client.ReceiveCorrelationIdAsync());
        await client.SendAsync(RawClient.Frame(ApiKey.ApiVersions, 0, 2, writer => Zeroes(writer, MaxRequestBytes - header + 1)));
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_long_poll_holds_up_only_its_own_connection()
    {
        using var polling = await RawClient.ConnectAsync(_broker);
        using var other = await RawClient.ConnectAsync(_broker);
        await other.SendAsync(RawClient.Frame(ApiKey.Metadata, 1, 1, writer => SampleRequests.Metadata(writer, 1, "t")));
        await other.ReceiveAsync();
        await polling.SendAsync(RawClient.Frame(ApiKey.Fetch, 11, 2, writer => SampleRequests.Fetch(writer, 11, maxWait: 20_000)));
        await polling.SendAsync(Ask(3));
        await other.SendAsync(RawClient.Frame(
            ApiKey.Produce, 7, 4, writer => SampleRequests.Produce(writer, 7, acks: -1, SampleRequests.Batch())));
        Assert.Equal(4, await other.ReceiveCorrelationIdAsync());
        Assert.Equal(2, await polling.ReceiveCorrelationIdAsync());
        Assert.Equal(3, await polling.ReceiveCorrelationIdAsync());
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_a_place_that_is_left_is_free_again()
    {
        var clients = new List<RawClient>();
        for (var index = 0; index < MaxConnections; index++)
        {
            clients.Add(await RawClient.ConnectAsync(_broker));
            await clients[^1].SendAsync(Ask(index));
            Assert.Equal(index, await clients[^1].ReceiveCorrelationIdAsync());
        }

        using (var refused = await RawClient.ConnectAsync(_broker))
            Assert.Null(await refused.ReceiveAsync());
        foreach (var client in clients)
            client.Dispose();
        // The broker sees the ends of connections in its own time; each attempt is an answer of its own.
        for (byte[]? answer = null; answer is null;)
        {
            using var next = await RawClient.ConnectAsync(_broker);
            await next.SendAsync(Ask(9));
            answer = await next.ReceiveAsync();
        }
    }

    [Fact]
    public async Task A_connection_on_which_nothing_moves_is_closed_and_a_busy_one_is_not()
    {
        using var idle = await RawClient.ConnectAsync(_broker);
        await idle.SendAsync(Ask(1));
        await idle.ReceiveAsync();
        using var busy = await RawClient.ConnectAsync(_broker);
        var closed = idle.ReceiveAsync();
        // The broker notes when its answer was gone after the client has it: the first turn may count from later than it began.
        for (var turn = 2; !closed.IsCompleted; turn++)
        {
            await busy.SendAsync(Ask(turn));
            Assert.Equal(turn, await busy.ReceiveCorrelationIdAsync());
            _clock.Advance(_options.ConnectionIdleTimeout / 2);
        }

        Assert.Null(await closed);
    }

    [Fact]
    public async Task A_second_broker_on_the_same_data_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => EmbeddedBroker.StartAsync(_options, _clock, _loggers));
        Assert.Contains(_options.DataDirectory, error.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another broker", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_by_name_and_lets_go_of_the_data()
    {
        var other = _options with { Listen = _broker.Endpoint, DataDirectory = Path.Combine(_options.DataDirectory, "other") };
        var error = await Assert.ThrowsAsync<IOException>(() => EmbeddedBroker.StartAsync(other, _clock, _loggers));
        Assert.Contains($"cannot listen on {_broker.Endpoint}", error.Message, StringComparison.Ordinal);
        await using var again = await EmbeddedBroker.StartAsync(other with { Listen = _options.Listen }, _clock, _loggers);
    }

    private static byte[] Ask(int correlationId) => RawClient.Frame(ApiKey.ApiVersions, 0, correlationId, _ => { });

    private static void Zeroes(KafkaWriter writer, int count)
    {
        for (var index = 0; index < count; index++)
            writer.WriteInt8(0);
    }
}
