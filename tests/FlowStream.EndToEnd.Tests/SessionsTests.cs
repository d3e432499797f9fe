using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>The open sessions of two instances on one broker: listed, filtered, counted, compared with a device's listing.</summary>
public sealed class SessionsTests : IDisposable
{
    private const int Count = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowstream-e2e-");
    private readonly DateTimeOffset _start = Seconds(TimeProvider.System.GetUtcNow().AddMinutes(-2));
    private readonly Cluster _cluster;

    public SessionsTests() => _cluster = new Cluster(Path.Combine(_folder.FullName, "cluster"));

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Delete(true);
    }

    [Fact]
    public async Task Sessions_of_two_instances_are_one_table_and_one_that_is_killed_is_named()
    {
        await StartAsync(Sessions());

        Assert.Equal(Enumerable.Range(0, Count).Select(id => (long)id), Ids());
        Assert.Equal([7], Ids("--session-identifier", "7"));
        Assert.Equal(Ids().Where(id => id % 2 == 1), Ids("--protocol", "udp"));
        Assert.Equal([12, 13, 14, 15], Ids("--source-prefix", "192.0.2.12/30"));
        Assert.Equal(Ids().Where(id => id % 4 == 0), Ids("--device", "fw0"));
        Assert.Equal(Ids().Where(id => id % 4 == 0), Ids("--device", "fw0", "--protocol", "6", "--interface", "ge-0/0/0.0"));
        Assert.Empty(Ids("--application", "FTP"));
        Assert.Equal(3, Ids("--limit", "3").Count);
        JsonNode summary = JsonNode.Parse(Run(0, "sessions", "--summary", "--format", "json").Output)!;
        Assert.Equal($"{Count} 20 20", $"{summary["sessions"]} {summary["protocols"]!["tcp"]} {summary["protocols"]!["udp"]}");
        Assert.Contains("192.0.2.7/50007", Run(0, "sessions").Output, StringComparison.Ordinal);

        string gone = _cluster.Http("b");
        _cluster.Kill("b");
        (string output, string errors) = Run(1, "sessions", "--format", "json");
        Assert.InRange(Lines(output).Length, 1, Count - 1);
        Assert.Contains(gone, Assert.Single(Lines(errors)), StringComparison.Ordinal);

        // The one that is left takes over what the other held, from the changelog.
        await Eventually.HoldsAsync(() => TryIds()?.Count == Count, "the sessions of all partitions", Patience);
    }

    [Fact]
    public async Task A_listing_that_agrees_exits_with_0_and_each_planted_difference_is_found()
    {
        FirewallSession[] sessions = [.. Sessions().Where(session => session.Host == "fw0")];
        await StartAsync(sessions);
        string listing = Path.Combine(_folder.FullName, "fw0.txt");
        string prompt = "admin@fw0> show security flow session\n";

        File.WriteAllText(listing, prompt + string.Concat(sessions.Select(session => session.Listed(1000, 2000))));
        (string agreed, _) = Run(0, "reconcile", "--show", listing);
        Assert.Contains($"{sessions.Length} listed, {sessions.Length} agree", agreed, StringComparison.Ordinal);

        // Of the first nothing is listed, of the second other counters, and one is listed that never was.
        FirewallSession unheard = sessions[0] with { Id = 4711 };
        IEnumerable<string> planted =
        [
            unheard.Listed(1, 1), sessions[1].ListedExtensively(5_000_000, 2000),
            .. sessions.Skip(2).Select(session => session.Listed(1000, 2000)),
        ];
        File.WriteAllText(listing, prompt + string.Concat(planted));
        (string output, string errors) = Run(1, "reconcile", "--show", listing, "--format", "json");
        JsonNode[] lines = [.. Lines(output).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(
            ["only-there 4711", $"counters-apart {sessions[1].Id}", $"only-here {sessions[0].Id}", "reconciled "],
            lines.Select(line => $"{line["kind"]} {line["session_id"]}"));
        Assert.Equal(5_000_000, (long)lines[1]["there"]!["bytes_from_client"]!);
        Assert.Equal(1000, (long)lines[1]["here"]!["bytes_from_client"]!);
        Assert.Contains(
            "1 only on the device, 1 only here, 1 with counters apart", Assert.Single(Lines(errors)), StringComparison.Ordinal);
        Run(1, "reconcile", "--show", listing, "--tolerance", "100");
        File.WriteAllText(listing, sessions[0].Listed(1, 1));
        Assert.Contains("--device", Run(1, "reconcile", "--show", listing).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_flag_that_chooses_another()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        (_, string errors) = await Task.Run(() => FlowStreamProcess.RunWithInput(
            1, null, "up", "--data", Path.Combine(_folder.FullName, "up"), "--kafka", $"127.0.0.1:{FreePort.Find()}",
            "--syslog", $"127.0.0.1:{FreePort.Find()}", "--http", taken.LocalEndpoint.ToString()!));
        Assert.Contains("--http", Assert.Single(Lines(errors)), StringComparison.Ordinal);
        Assert.Contains(taken.LocalEndpoint.ToString()!, errors, StringComparison.Ordinal);
    }

    private FirewallSession[] Sessions() =>
    [
        .. Enumerable.Range(0, Count).Select(id => new FirewallSession($"fw{id % 4}", id, _start)
        {
            Source = string.Create(CultureInfo.InvariantCulture, $"192.0.2.{id}"), SourcePort = 50_000 + id,
            Protocol = id % 2 == 0 ? 6 : 17,
        }),
    ];

    // The sessions are held open: their creates and an update of each come, and no close.
    private async Task StartAsync(FirewallSession[] sessions)
    {
        string log = Path.Combine(_folder.FullName, "f.log");
        DateTimeOffset later = _start.AddMinutes(1);
        File.WriteAllLines(log, sessions.SelectMany(session => (string[])[session.Create(), session.Update(later, 1000, 2000)]));
        FlowStreamProcess.Run(0, "replay", log, "--bootstrap", _cluster.Bootstrap);
        _cluster.Start("a");
        _cluster.Start("b");
        await Eventually.HoldsAsync(async () => await HasTasksAsync("a") && await HasTasksAsync("b"), "tasks on both instances", Patience);
        await Eventually.HoldsAsync(() => TryIds()?.Count == sessions.Length, "the sessions of all partitions", Patience);
    }

    private async Task<bool> HasTasksAsync(string instance)
    {
        using var client = new HttpClient();
        using HttpResponseMessage? answer = await TryGetAsync(client, $"http://{_cluster.Http(instance)}/sessions/summary");
        if (answer is not { IsSuccessStatusCode: true }) return false;
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["partitions"]!.AsArray().Count > 0;
    }

    // Null while nobody listens there.
    private static async Task<HttpResponseMessage?> TryGetAsync(HttpClient client, string address)
    {
        try
        {
            return await client.GetAsync(new Uri(address));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private List<long> Ids(params string[] filters) =>
        [.. IdsOf(Run(0, ["sessions", "--format", "json", .. filters]).Output).Order()];

    // Null while instances join or leave: the exit code then says that the answer is not all.
    private List<long>? TryIds()
    {
        using FlowStreamProcess asking = FlowStreamProcess.Start("sessions", "--format", "json", "--bootstrap", _cluster.Bootstrap);
        asking.WaitForExit();
        return asking.ExitCode != 0 ? null : [.. IdsOf(asking.RestOfOutput())];
    }

    private static IEnumerable<long> IdsOf(string output) => Lines(output).Select(line => (long)JsonNode.Parse(line)!["session_id"]!);

    private (string Output, string Errors) Run(int exitCode, params string[] arguments) =>
        FlowStreamProcess.RunWithInput(exitCode, null, [.. arguments, "--bootstrap", _cluster.Bootstrap]);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
