using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowStream.Parsing.DeviceText;
using FlowStream.Queries.Reconciliation;
using FlowStream.Sessions.Table;
using FlowStream.Testing;

namespace FlowStream.Queries.Tests;

/// <summary>A device's listing, read by the reader of <c>parse-show</c>, against the table of sessions whose lines came.</summary>
public sealed class ReconcilerTests
{
    private static readonly DateTimeOffset Taken = SessionTask.Time.AddMinutes(1);

    private readonly Dictionary<string, string> _aliases = [];

    /// <summary>The forms in which a device lists a session, brief, extensive, and with PAN-OS without counters.</summary>
    public static TheoryData<string> Forms => new("brief", "extensive", "panos");

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_both_have_agrees(string form)
    {
        FirewallSession[] sessions = [.. Enumerable.Range(1, 5).Select(id => SessionTask.Session(id))];
        string listing = string.Concat(sessions.Select(session => Listed(session, form, 1000)));
        (Reconciler reconciler, IReadOnlyList<Difference> differences) = Reconcile(
            listing, sessions.SelectMany(session => (string[])[session.Create(), session.Update(SessionTask.Time, 1000, 2000)]));
        Assert.Empty(differences);
        Assert.Equal((5, 5), (reconciler.Listed, reconciler.Agreed));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_difference_is_found_and_nothing_else(string form)
    {
        FirewallSession same = SessionTask.Session(1), there = SessionTask.Session(2), here = SessionTask.Session(3);
        FirewallSession apart = SessionTask.Session(4), ended = SessionTask.Session(5);
        string listing = Listed(same, form, 1000) + Listed(there, form, 1000) + Listed(apart, form, 90_000_000) + Listed(ended, form, 1000);
        IEnumerable<string> lines =
        [
            same.Create(), here.Create(), apart.Create(), apart.Update(SessionTask.Time, 1000, 2000),
            ended.Create(), ended.Close(SessionTask.Time.AddSeconds(-20), 10, 20),
        ];
        (Reconciler reconciler, IReadOnlyList<Difference> differences) = Reconcile(listing, lines);
        List<string> expected = ["OnlyThere 2", "EndedHere 5", "OnlyHere 3"];
        if (form != "panos") expected.Insert(1, "CountersApart 4");
        Assert.Equal(expected, differences.Select(one => $"{one.Kind} {one.Key.SessionId}"));
        Assert.Equal(form == "panos" ? 2 : 1, reconciler.Agreed);
    }

    [Theory]
    [InlineData("fw2", 50_001, "198.51.100.4")]
    [InlineData("fw1", 50_002, "198.51.100.4")]
    [InlineData("fw1", 50_001, "198.51.100.5")]
    public void Another_device_or_tuple_is_another_session(string host, int port, string destination)
    {
        FirewallSession listed = SessionTask.Session(1) with { SourcePort = 50_001 };
        FirewallSession held = listed with { Host = host, SourcePort = port, Destination = destination };
        (_, IReadOnlyList<Difference> differences) = Reconcile(listed.Listed(0, 0), [held.Create()]);
        Assert.Equal(
            host == "fw2" ? [DifferenceKind.OnlyThere] : [DifferenceKind.OnlyThere, DifferenceKind.OnlyHere],
            differences.Select(one => one.Kind));
    }

    [Fact]
    public void What_happened_after_the_listing_was_taken_is_no_difference()
    {
        FirewallSession began = SessionTask.Session(1) with { Start = Taken.AddSeconds(5) };
        FirewallSession ended = SessionTask.Session(2);
        (Reconciler reconciler, IReadOnlyList<Difference> differences) = Reconcile(
            ended.Listed(0, 0), [began.Create(), ended.Create(), ended.Close(Taken.AddSeconds(5), 10, 20)]);
        Assert.Empty(differences);
        Assert.Equal((1, 1), (reconciler.Newer, reconciler.EndedSince));
    }

    [Fact]
    public void Of_sessions_that_had_the_same_id_and_addresses_the_open_one_is_compared()
    {
        FirewallSession first = SessionTask.Session(1), second = first with { Start = first.Start.AddSeconds(30) };
        (Reconciler reconciler, IReadOnlyList<Difference> differences) = Reconcile(
            second.Listed(0, 0), [first.Create(), first.Close(first.Start.AddSeconds(2), 10, 20), second.Create()]);
        Assert.Empty(differences);
        Assert.Equal(1, reconciler.Agreed);
    }

    [Fact]
    public void Counters_are_not_compared_before_the_first_update()
    {
        FirewallSession session = SessionTask.Session(1);
        Assert.Empty(Reconcile(session.Listed(90_000_000, 90_000_000), [session.Create()]).Differences);
    }

    [Fact]
    public void Sessions_of_the_other_node_and_awaited_and_dropped_ones_are_not_compared()
    {
        FirewallSession session = SessionTask.Session(1);
        string listing =
            "node1:\n" + session.Listed(0, 0).Replace("Valid", "HA State: Backup, Valid", StringComparison.Ordinal) +
            (session with { Id = 2 }).ListedByPanos().Replace("FLOW", "PREDICT", StringComparison.Ordinal) +
            (session with { Id = 3 }).ListedByPanos().Replace("ACTIVE ", "DISCARD", StringComparison.Ordinal);
        (Reconciler reconciler, IReadOnlyList<Difference> differences) = Reconcile(listing, []);
        Assert.Empty(differences);
        Assert.Equal(0, reconciler.Listed);
    }

    [Fact]
    public void The_names_of_a_clusters_nodes_are_one_and_letter_case_does_not_matter()
    {
        FirewallSession session = SessionTask.Session(1) with { Host = "Cluster1" };
        _aliases["fw1-node0"] = "cluster1";
        string listing = "admin@fw1-node0> show security flow session\n" + session.Listed(0, 0);
        (Reconciler reconciler, _) = Reconcile(listing, [session.Create()], device: null);
        Assert.Equal(1, reconciler.Agreed);
    }

    [Fact]
    public void An_empty_listing_of_a_named_device_says_that_it_has_no_session()
    {
        FirewallSession session = SessionTask.Session(1);
        (_, IReadOnlyList<Difference> differences) = Reconcile("Total sessions: 0\n", [session.Create()]);
        Assert.Equal(DifferenceKind.OnlyHere, Assert.Single(differences).Kind);
    }

    [Fact]
    public void Counters_are_apart_beyond_both_the_share_and_the_number() => Properties.Check<(long, long, byte, ushort)>(input =>
    {
        (long one, long other, byte percent, ushort least) = input;
        (one, other) = (Math.Abs(one % 1_000_000), Math.Abs(other % 1_000_000));
        var tolerance = new Tolerance { Percent = percent % 101, Bytes = least, Packets = least };
        decimal apart = Math.Abs((decimal)one - other);
        bool expected = apart > Math.Max(least, Math.Max(one, other) * (percent % 101) / 100m);
        Assert.Equal(expected, tolerance.Exceeds(new Counters(null, one, null, null), new Counters(5, other, 5, 5)));
        Assert.Equal(expected, tolerance.Exceeds(new Counters(null, null, other, null), new Counters(null, 7, one, 7)));
        Assert.False(tolerance.Exceeds(default, new Counters(one, other, one, other)));
    });

    [Fact]
    public void Counters_at_the_ends_of_their_range_are_compared() => Assert.True(
        new Tolerance().Exceeds(new Counters(long.MaxValue, null, null, null), new Counters(long.MinValue, null, null, null)));

    private static string Listed(FirewallSession session, string form, long bytes) => form switch
    {
        "brief" => session.Listed(bytes, 2 * bytes),
        "extensive" => session.ListedExtensively(bytes, 2 * bytes),
        _ => session.ListedByPanos(),
    };

    private (Reconciler Reconciler, IReadOnlyList<Difference> Differences) Reconcile(
        string listing, IEnumerable<string> lines, string? device = "fw1")
    {
        var reconciler = new Reconciler(new Tolerance(), Taken);
        var reader = new DeviceTextReader(new ListingReading(reconciler, device, _aliases));
        reader.Append(Encoding.UTF8.GetBytes(listing));
        reader.Complete();
        using SessionTask task = new SessionTask(0).Take(lines);
        SessionScan scan = task.Processor.Scan(new SessionFilter { Remembered = true });
        int budget = int.MaxValue;
        while (scan.Next(ref budget) == ScanStep.Found)
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(bytes)) OpenSessionJson.Write(json, scan);
            using JsonDocument line = JsonDocument.Parse(bytes.WrittenMemory);
            reconciler.Add(HeldSession.Of(line.RootElement));
        }
        return (reconciler, reconciler.Complete());
    }
}
