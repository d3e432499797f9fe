using System.Net;
using System.Text.Json;
using FlowStream.Queries.Http;
using FlowStream.Queries.Instances;
using FlowStream.Streams;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Queries.Tests;

/// <summary>The answers of several instances, each a listener of its own, as one table.</summary>
public sealed class MergedTableTests : IAsyncLifetime, IDisposable
{
    private readonly InstanceClient _client = new();
    private readonly List<(TaskStates States, QueryServer Server)> _instances = [];

    public async Task InitializeAsync()
    {
        for (int i = 0; i < 2; i++)
        {
            QueryServer server = await QueryServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance);
            var states = new TaskStates();
            server.Serve(states);
            _instances.Add((states, server));
        }
    }

    public async Task DisposeAsync()
    {
        foreach ((_, QueryServer server) in _instances) await server.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        foreach ((TaskStates states, _) in _instances) states.Dispose();
    }

    [Fact]
    public async Task Sessions_of_both_are_listed_and_one_that_both_hold_once()
    {
        _instances[0].States.With(0, SessionTask.Session(1).Create(), SessionTask.Session(2).Create());
        _instances[1].States.With(1, SessionTask.Session(2).Create(), SessionTask.Session(3).Create());
        MergedTable table = Table(tasks: 2);
        Assert.Equal([1, 2, 3], await ListAsync(table));
        Assert.Empty(table.Gaps);
        Assert.Equal([2], await ListAsync(table, parameters: ("session-identifier", "2")));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(7, false)]
    public async Task A_limit_holds_for_all_together(int limit, bool more)
    {
        _instances[0].States.With(0, Enumerable.Range(1, 3).Select(id => SessionTask.Session(id).Create()));
        _instances[1].States.With(1, Enumerable.Range(4, 3).Select(id => SessionTask.Session(id).Create()));
        int listed = 0;
        Assert.Equal(more, await Table(tasks: 2).ListAsync([], limit, _ => listed++, CancellationToken.None));
        Assert.Equal(Math.Min(limit, 6), listed);
    }

    [Fact]
    public async Task Summaries_are_added_up()
    {
        _instances[0].States.With(0, SessionTask.Session(1).Create());
        _instances[1].States.With(1, (SessionTask.Session(2) with { Protocol = 17, Start = SessionTask.Time.AddHours(-1) }).Create());
        TableSummary summary = await Table(tasks: 2).SummariseAsync([], CancellationToken.None);
        Assert.Equal(2, summary.Sessions);
        Assert.Equal("open=2", string.Join(' ', summary.States.Select(one => $"{one.Key}={one.Value}")));
        Assert.Equal("tcp=1 udp=1", string.Join(' ', summary.Protocols.Select(one => $"{one.Key}={one.Value}")));
    }

    [Fact]
    public async Task An_instance_that_is_gone_is_named_and_the_others_are_listed_all_the_same()
    {
        _instances[0].States.With(0, SessionTask.Session(1).Create());
        var gone = new Instance("flowstream-ab12-sessions-0", new Uri($"http://127.0.0.1:{FreePort.Find()}"), [1]);
        MergedTable table = new(_client, [Running(0), gone], tasks: 2);
        Assert.Equal([1], await ListAsync(table));
        string gap = Assert.Single(table.Gaps);
        Assert.Contains("flowstream-ab12-sessions-0", gap, StringComparison.Ordinal);
        Assert.Contains(gone.Address!.Authority, gap, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_refuses_or_has_no_address_or_breaks_off_is_named_with_the_reason()
    {
        _instances[0].States.Failure = new StateQueryRefusedException("ask again later");
        var mute = new Instance("mute", null, [1]);
        MergedTable table = new(_client, [Running(0), mute], tasks: 2);
        Assert.Empty(await ListAsync(table));
        Assert.Contains(table.Gaps, gap => gap.Contains("ask again later", StringComparison.Ordinal));
        Assert.Contains(table.Gaps, gap => gap.Contains("mute answers no questions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_partition_that_nobody_answers_for_is_named()
    {
        _instances[0].States.With(0, SessionTask.Session(1).Create());
        MergedTable table = Table(tasks: 3);
        Assert.Equal([1], await ListAsync(table));
        Assert.Contains("1, 2", Assert.Single(table.Gaps), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_runs_that_is_said()
    {
        MergedTable table = new(_client, [], tasks: 4);
        Assert.Empty(await ListAsync(table));
        Assert.Contains("no instance runs", Assert.Single(table.Gaps), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flowstream-1f-sessions-0@192.0.2.7:8080", "/198.51.100.1", "flowstream-1f-sessions-0", "http://192.0.2.7:8080/")]
    [InlineData("a@0.0.0.0:8080", "/198.51.100.1", "a", "http://198.51.100.1:8080/")]
    [InlineData("a@[::]:8080", "2001:db8::5", "a", "http://[2001:db8::5]:8080/")]
    [InlineData("a@[2001:db8::7]:80", "/198.51.100.1", "a", "http://[2001:db8::7]/")]
    [InlineData("flowstream-1f-sessions-0", "/198.51.100.1", "flowstream-1f-sessions-0", null)]
    [InlineData("somebody@home", "/198.51.100.1", "somebody@home", null)]
    [InlineData("", "", "", null)]
    public void A_member_of_the_group_says_where_it_answers(string clientId, string host, string name, string? address)
    {
        Instance instance = Instance.Of(clientId, host, [1]);
        Assert.Equal((name, address), (instance.Name, instance.Address?.ToString()));
    }

    private MergedTable Table(int tasks) => new(_client, [Running(0), Running(1)], tasks);

    private Instance Running(int i) => new($"instance-{i}", new Uri($"http://{_instances[i].Server.Endpoint}"), []);

    private static async Task<List<long>> ListAsync(MergedTable table, params (string Name, string Value)[] parameters)
    {
        var ids = new List<long>();
        await table.ListAsync(
            [.. parameters.Select(one => KeyValuePair.Create(one.Name, one.Value))], 1000,
            (JsonElement session) => ids.Add(session.GetProperty("session_id").GetInt64()), CancellationToken.None);
        return [.. ids.Order()];
    }
}
