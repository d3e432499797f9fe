using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Queries.Http;
using FlowStream.Streams;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Queries.Tests;

/// <summary>The endpoint on a real listener, asked by a real client and by one that knows no manners.</summary>
public sealed class QueryServerTests : IAsyncLifetime, IDisposable
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    private readonly TaskStates _states = new();
    private readonly HttpClient _client = new();
    private QueryServer? _server;

    public async Task InitializeAsync()
    {
        _server = await QueryServer.StartAsync(Anywhere, NullLoggerFactory.Instance);
        _server.Serve(_states);
        _client.BaseAddress = new Uri($"http://{_server.Endpoint}");
    }

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _states.Dispose();
    }

    [Fact]
    public async Task Sessions_of_all_tasks_are_lines_and_the_last_line_says_how_whole_they_are()
    {
        _states.With(0, SessionTask.Session(1).Create(), SessionTask.Session(2).Create()).With(3, SessionTask.Session(3, "fw2").Create());
        _states.Restoring.Add(5);

        List<JsonNode> lines = await GetAsync("/sessions");

        Assert.Equal(["session", "session", "session", "end"], lines.Select(line => (string?)line["kind"]));
        Assert.Equal([1, 2, 3], lines.SkipLast(1).Select(line => (long)line["session_id"]!).Order());
        Assert.Equal("""{"kind":"end","sessions":3,"more":false,"partitions":[0,3],"missed":[5]}""", lines[^1].ToJsonString());
    }

    [Theory]
    [InlineData("?device=FW2", new[] { 12L })]
    [InlineData("?source-prefix=192.0.2.0/24&session-identifier=3", new[] { 3L })]
    [InlineData("?source-port=20005", new[] { 5L })]
    [InlineData("?source-port=20005&device=fw2", new long[0])]
    [InlineData("?application=ssl", new long[0])]
    [InlineData("?interface=ge-0%2F0%2F0.0&protocol=tcp&destination-prefix=198.51.100.4&device=fw2", new[] { 12L })]
    public async Task Filters_are_taken_from_the_address(string query, long[] expected)
    {
        _states.With(0, Enumerable.Range(1, 9).Select(id => SessionTask.Session(id).Create()));
        _states.With(1, SessionTask.Session(12, "fw2").Create());
        List<JsonNode> lines = await GetAsync("/sessions" + query);
        Assert.Equal(expected, lines.SkipLast(1).Select(line => (long)line["session_id"]!).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    public async Task A_limit_is_kept_and_what_is_beyond_it_is_said(int limit)
    {
        _states.With(0, Enumerable.Range(0, 600).Select(id => SessionTask.Session(id).Create()));
        _states.With(1, Enumerable.Range(600, 400).Select(id => SessionTask.Session(id).Create()));
        List<JsonNode> lines = await GetAsync($"/sessions?limit={limit}");
        Assert.Equal(Math.Min(limit, 1000), lines.Count - 1);
        Assert.Equal(limit < 1000, (bool)lines[^1]["more"]!);
        Assert.Equal(lines.Count - 1, (int)lines[^1]["sessions"]!);
    }

    [Fact]
    public async Task A_summary_adds_the_tasks_up()
    {
        _states.With(0, SessionTask.Session(1).Create(), (SessionTask.Session(2) with { Protocol = 17 }).Create());
        _states.With(1, SessionTask.Session(3).Create(), SessionTask.Session(3).Close(SessionTask.Time, 10, 20));
        JsonNode summary = Assert.Single(await GetAsync("/sessions/summary"));
        const string Expected =
            "{'kind':'summary','sessions':3,'states':{'open':2,'closing':1},'protocols':{'tcp':2,'udp':1}," +
            "'oldest_start':'2026-05-01T08:29:00.000Z','partitions':[0,1],'missed':[]}";
        Assert.Equal(Expected.Replace('\'', '"'), summary.ToJsonString());
        Assert.Equal(1, (long)Assert.Single(await GetAsync("/sessions/summary?protocol=udp"))["sessions"]!);
    }

    [Theory]
    [InlineData("/sessions?source-port=eighty", 400, "source-port")]
    [InlineData("/sessions?nonsense=1", 400, "source-prefix")]
    [InlineData("/sessions?device=a&device=b", 400, "twice")]
    [InlineData("/sessions?limit=-1", 400, "limit")]
    [InlineData("/sessions/summary?protocol=900", 400, "0 to 255")]
    [InlineData("/sessions?device=%00%0a%1b[2J", 200, null)]
    [InlineData("/sessions?%00%0a=1", 400, "there is no filter")]
    [InlineData("/", 404, "/sessions/summary")]
    [InlineData("/sessions/../../etc/passwd", 404, "/sessions")]
    [InlineData("/Sessions", 404, "/sessions")]
    public async Task What_is_wrong_with_a_request_is_said_with_what_is_right(string path, int status, string? says)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        if (says is not null) Assert.Contains(says, await ErrorAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("NONSENSE")]
    public async Task Only_GET_is_answered(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/sessions");
        using HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_that_reaches_the_loopback_by_a_name_of_its_own_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sessions") { Headers = { Host = "rebound.example" } };
        using HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Host", await ErrorAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", "400")]
    [InlineData("GET /sessions HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET /sessions HTTP/9.9\r\nHost: localhost\r\n\r\n", "505")]
    [InlineData("GET /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: nine\r\n\r\n", "400")]
    public async Task Bytes_that_are_no_request_end_their_connection_and_nothing_else(string bytes, string status)
    {
        Assert.StartsWith($"HTTP/1.1 {status}", await SendAsync(Encoding.ASCII.GetBytes(bytes)), StringComparison.Ordinal);
        Assert.Single(await GetAsync("/sessions"));
    }

    [Fact]
    public async Task A_request_line_of_endless_length_is_refused()
    {
        byte[] line = Encoding.ASCII.GetBytes($"GET /sessions?device={new string('x', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 414", await SendAsync(line), StringComparison.Ordinal);
        Assert.Single(await GetAsync("/sessions"));
    }

    [Fact]
    public async Task A_reader_that_leaves_in_the_middle_stops_the_listing()
    {
        _states.With(0, Enumerable.Range(0, 5000).Select(id => SessionTask.Session(id).Create()));
        using (var rude = new TcpClient())
        {
            await rude.ConnectAsync(_server!.Endpoint);
            await rude.GetStream().WriteAsync("GET /sessions?limit=5000 HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            Assert.NotEqual(0, await rude.GetStream().ReadAsync(new byte[100]));
        }
        Assert.Equal(5001, (await GetAsync("/sessions?limit=5000")).Count);
    }

    [Fact]
    public async Task Stages_that_refuse_or_fail_are_an_error_with_a_reason()
    {
        _states.Failure = new StateQueryRefusedException("too many questions");
        using HttpResponseMessage refused = await _client.GetAsync("/sessions");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("too many questions", await ErrorAsync(refused));
        _states.Failure = new InvalidDataException("secret");
        using HttpResponseMessage failed = await _client.GetAsync("/sessions/summary");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("secret", await ErrorAsync(failed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sessions")]
    [InlineData("/sessions/summary")]
    public async Task Stages_that_do_not_answer_in_time_are_an_error_and_are_asked_no_longer(string path)
    {
        var clock = new FakeTimeProvider();
        await using QueryServer server = await QueryServer.StartAsync(Anywhere, NullLoggerFactory.Instance, clock);
        server.Serve(_states);
        _states.Stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HttpResponseMessage> asked = _client.GetAsync(new Uri($"http://{server.Endpoint}{path}"));
        await _states.Stuck.Task;
        clock.Advance(TimeSpan.FromMinutes(10));
        using HttpResponseMessage answer = await asked;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("in time", await ErrorAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_stages_run_it_says_so()
    {
        await using QueryServer server = await QueryServer.StartAsync(Anywhere, NullLoggerFactory.Instance);
        using HttpResponseMessage answer = await _client.GetAsync(new Uri($"http://{server.Endpoint}/sessions"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("starting", await ErrorAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_at_the_start() =>
        await Assert.ThrowsAsync<IOException>(() => QueryServer.StartAsync(_server!.Endpoint, NullLoggerFactory.Instance));

    private async Task<List<JsonNode>> GetAsync(string path) =>
        [.. (await _client.GetStringAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static async Task<string> ErrorAsync(HttpResponseMessage answer) =>
        (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!;

    private async Task<string> SendAsync(byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server!.Endpoint);
        await client.GetStream().WriteAsync(bytes);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await reader.ReadLineAsync() ?? "";
    }
}
