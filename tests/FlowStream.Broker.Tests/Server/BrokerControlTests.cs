using FlowStream.Broker.Control;
using FlowStream.Broker.Tests.Apis;
using FlowStream.Broker.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Server;

public sealed class BrokerControlTests : IAsyncLifetime
{
    private string _directory = null!;
    private EmbeddedBroker _broker = null!;

    public async Task InitializeAsync()
    {
        _directory = Directory.CreateTempSubdirectory("flowstream-control-").FullName;
        var options = new BrokerOptions { DataDirectory = _directory, Listen = new HostPort("127.0.0.1", 0) };
        _broker = await EmbeddedBroker.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_hook_sees_requests_of_its_API_only_and_until_it_is_disposed()
    {
        var seen = new List<RequestInfo>();
        using var client = await RawClient.ConnectAsync(_broker);
        using (_broker.Control.On(ApiKey.Metadata, Watch(seen)))
        {
            await AskAsync(client, ApiKey.ApiVersions);
            await AskAsync(client, ApiKey.Metadata);
        }

        await AskAsync(client, ApiKey.Metadata);
        var info = Assert.Single(seen);
        Assert.Equal((ApiKey.Metadata, (short)1, "raw", "/127.0.0.1"), (info.Key, info.Version, info.ClientId, info.ClientHost));
    }

    [Fact]
    public async Task A_dropped_request_is_not_handled()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        using (_broker.Control.On(ApiKey.Metadata, _ => ControlAction.Drop))
            Assert.Null(await AskAsync(client, ApiKey.Metadata));
        Assert.Equal(0, await TopicsAsync());
    }

    [Fact]
    public async Task A_lost_acknowledgement_is_of_a_request_that_was_handled()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        using (_broker.Control.On(ApiKey.Metadata, _ => ControlAction.HandleThenDrop))
            Assert.Null(await AskAsync(client, ApiKey.Metadata));
        Assert.Equal(1, await TopicsAsync());
    }

    [Fact]
    public async Task An_answer_can_be_the_last_of_its_connection()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        using var hook = _broker.Control.On(ApiKey.ApiVersions, _ => ControlAction.AnswerThenDrop);
        Assert.NotNull(await AskAsync(client, ApiKey.ApiVersions));
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_test_can_answer_in_place_of_the_broker()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        using var hook = _broker.Control.On(ApiKey.Metadata, _ => ControlAction.Answer(new byte[] { 1, 2, 3 }));
        var answer = await AskAsync(client, ApiKey.Metadata);
        Assert.Equal([1, 2, 3], answer![sizeof(int)..]);
        Assert.Equal(0, await TopicsAsync());
    }

    [Fact]
    public async Task A_delayed_request_is_handled_when_the_test_says_so_and_others_meanwhile()
    {
        var release = new TaskCompletionSource();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = await RawClient.ConnectAsync(_broker);
        using var hook = _broker.Control.On(ApiKey.Metadata, _ =>
        {
            arrived.TrySetResult();
            return ControlAction.DelayUntil(release.Task);
        });
        var delayed = AskAsync(client, ApiKey.Metadata);
        await arrived.Task;
        using var other = await RawClient.ConnectAsync(_broker);
        Assert.NotNull(await AskAsync(other, ApiKey.ApiVersions));
        Assert.False(delayed.IsCompleted);
        release.SetResult();
        Assert.NotNull(await delayed);
    }

    private static Func<RequestInfo, ControlAction> Watch(List<RequestInfo> seen) => request =>
    {
        seen.Add(request);
        return ControlAction.Pass;
    };

    private static async Task<byte[]?> AskAsync(RawClient client, ApiKey key)
    {
        await client.SendAsync(RawClient.Frame(key, 1, 1, writer =>
        {
            if (key == ApiKey.Metadata)
                SampleRequests.Metadata(writer, 1, "t");
        }));
        return await client.ReceiveAsync();
    }

    private async Task<int> TopicsAsync()
    {
        using var client = await RawClient.ConnectAsync(_broker);
        await client.SendAsync(RawClient.Frame(ApiKey.DescribeConfigs, 0, 1, writer =>
        {
            writer.WriteArrayLength(1);
            writer.WriteInt8(2);
            writer.WriteString("t");
            writer.WriteArrayLength(-1);
        }));
        var answer = await client.ReceiveAsync();
        // Correlation id, throttle time and the array's length are before the error.
        return (ErrorCode)answer![13] == ErrorCode.None ? 1 : 0;
    }
}
