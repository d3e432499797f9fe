using System.Text.Json.Nodes;
using FlowStream.Parsing;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class MergeTests
{
    private const long T = JoinDriver.Epoch;

    private static readonly Message Create = new(EventTag.RtFlowSessionCreate, T);

    private static readonly Message Close = new(EventTag.RtFlowSessionClose, T + 60_000)
    {
        Elapsed = 60, Totals = new Volume(500, 900, 5, 9), Reason = "TCP FIN", Application = "SSL",
    };

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    public void Any_order_and_duplication_of_every_kind_of_message_gives_the_same_bytes(int changes) => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < 400; round++)
        {
            // Unlimited, so that nothing is given up: what is given up may depend on disorder over more than it holds.
            var options = new SessionOptions { MaxObservations = 64 };
            List<Message> session = ChangedSession.Draw(random, T, changes);
            byte[] inOrder = Assert.Single(new JoinDriver(options).Send(session).End().Output.Sessions).Bytes;
            long received = session.Max(m => m.Time);
            Message[] shuffled = [.. session, .. session.Where(_ => random.Next(2) == 0)];
            random.Shuffle(shuffled);
            JoinDriver driver = new(options);
            foreach (Message message in shuffled) driver.Send(message, received + random.Next(4000));
            RecordedSession record = Assert.Single(driver.End().Output.Sessions);
            Assert.Equal(inOrder, record.Bytes);
            Assert.Equal(record["bytes_from_server"], $"{driver.Output.TotalBooked().BytesFromServer}");
        }
    });

    [Fact]
    public void A_message_that_is_not_kept_among_many_still_tells_when_the_session_began()
    {
        Message[] session = [.. Enumerable.Range(1, 40).Select(
            second => new Message(EventTag.AppQoeBestPathSelected, T + (second * 1000) + 900) { Elapsed = second })];
        session[20] = session[20] with { Time = session[20].Time - 700 };
        byte[] inOrder = Assert.Single(new JoinDriver().Send(session).End().Output.Sessions).Bytes;
        JoinDriver late = new JoinDriver().Send(session.Where((_, i) => i != 20)).Send(session[20], session[^1].Time).End();
        RecordedSession record = Assert.Single(late.Output.Sessions);
        Assert.Equal(inOrder, record.Bytes);
        Assert.EndsWith(".200Z", record["start_time"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_restored_join_goes_on_with_every_kind_of_message() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < 100; round++)
        {
            Message[] session = [.. ChangedSession.Draw(random, T, 30)];
            random.Shuffle(session);
            long received = session.Max(m => m.Time);
            var rows = new RowStore();
            JoinDriver whole = new(), restored = new();
            foreach (Message message in session)
            {
                whole.Send(message, received);
                restored.Send(message, received);
                restored.Join.CollectChanges(rows);
                var next = new SessionJoin(new SessionOptions(), hashSeed: 2);
                foreach ((string key, byte[] value) in rows.Rows) next.RestoreRow(Convert.FromHexString(key), value);
                restored.Restart(next);
            }
            Assert.Equal(whole.End().Output.Log, restored.End().Output.Log);
        }
    });

    [Fact]
    public void A_message_without_a_start_waits_for_the_one_that_states_it()
    {
        Message route = Route(T + 20_000, "ge-0/0/1", "ri1");
        JoinDriver driver = new JoinDriver().Send(route, T + 61_000).Send(Close, T + 61_500).Send(Create, T + 62_000);
        RecordedSession record = Assert.Single(driver.End().Output.Sessions);
        Assert.Equal("complete", record["completeness"]);
        Assert.Equal("[\"APPTRACK_SESSION_ROUTE_UPDATE\",\"RT_FLOW_SESSION_CLOSE\",\"RT_FLOW_SESSION_CREATE\"]", record["sources"]);
        Assert.Equal(1, driver.Output.Counts.Where(c => c.Key.Count == SessionCount.Opened).Sum(c => c.Value));
    }

    [Fact]
    public void Routes_are_the_steps_that_differ_oldest_first()
    {
        RecordedSession record = Join(
            Route(T + 30_000, "ge-0/0/2", "ri2"), Create, Route(T + 10_000, "ge-0/0/1", "ri1"), Route(T + 20_000, "ge-0/0/1", "ri1"),
            Close);
        JsonArray routes = JsonNode.Parse(record.Json)!["routes"]!.AsArray();
        Assert.Equal(
            ["2025-06-15T15:06:50.000Z ge-0/0/1 ri1 pf1", "2025-06-15T15:07:10.000Z ge-0/0/2 ri2 pf1"],
            routes.Select(r => $"{r!["time"]} {r["destination_interface_name"]} {r["routing_instance"]} {r["profile_name"]}"));
    }

    [Fact]
    public void The_history_of_the_application_outlives_the_updates_that_were_given_up()
    {
        Message update = Close with { Tag = EventTag.AppTrackSessionVolUpdate, Reason = null, Application = null, Nested = null };
        IEnumerable<Message> updates = Enumerable.Range(1, 40).Select(i => update with
        {
            Time = T + (i * 1000), Elapsed = i, Totals = new Volume(i, i, i, i),
            Application = i < 3 ? null : "SSL", Nested = i < 5 ? null : "FACEBOOK-ACCESS",
        });
        RecordedSession record = Join([Create, .. updates, Close]);
        Assert.Equal("40", record["updates"]);
        Assert.Equal("500", record["bytes_from_client"]);
        Assert.Contains("\"application_history\":\"SSL, SSL/FACEBOOK-ACCESS\"", record["extras"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_the_route_outlives_the_updates_after_it()
    {
        Message change = Route(T + 500, "ge-0/0/1", "ri1") with
        {
            Tag = EventTag.RtFlowNexthopChange, Elapsed = 0, Totals = new Volume(1, 1, 1, 1),
        };
        Message update = Create with { Tag = EventTag.AppTrackSessionVolUpdate };
        IEnumerable<Message> updates = Enumerable.Range(1, 40).Select(i => update with
        {
            Time = T + (i * 1000), Elapsed = i, Totals = new Volume(i, i, i, i),
        });
        RecordedSession record = Join([Create, change, change, .. updates, change, Close]);
        Assert.Equal("40", record["updates"]);
        Assert.Single(JsonNode.Parse(record.Json)!["routes"]!.AsArray());
    }

    [Fact]
    public void Of_many_measurements_the_first_and_the_most_recent_stay()
    {
        Message report = Create with { Tag = EventTag.AppQoePassiveSlaMetricReport };
        IEnumerable<Message> reports = Enumerable.Range(0, 500).Select(
            i => report with { Time = T + (i * 100), Extras = i == 0 ? [("only-first", "1")] : [("rtt", $"{i}")] });
        JoinDriver driver = new JoinDriver().Send([Create, .. reports, Close]);
        long held = driver.Join.MemoryBytes;
        RecordedSession record = Assert.Single(driver.End().Output.Sessions);
        Assert.Equal("{\"only_first\":\"1\",\"rtt\":\"499\"}", record["extras"]);
        Assert.Equal("500", record["bytes_from_client"]);
        Assert.True(held > 0);
    }

    // Field by field: what the close, a change, the create and AppQoE say, and which of them the record has.
    [Theory]
    [InlineData("A", "B", "C", "D", "A")]
    [InlineData(null, "B", "C", "D", "B")]
    [InlineData(null, null, "C", "D", "C")]
    [InlineData(null, null, null, "D", "D")]
    [InlineData(null, null, null, null, null)]
    public void A_field_is_that_of_the_first_message_in_the_stated_order_that_has_it(
        string? close, string? change, string? create, string? measured, string? expected)
    {
        Message[] messages =
        [
            Create with { Username = create },
            Create with { Tag = EventTag.AppQoeSlaMetricViolation, Time = T + 50_000, Username = measured },
            Route(T + 40_000, "ge-0/0/1", "ri1") with { Username = change },
            Close with { Username = close },
        ];
        Assert.Equal(expected, Join(messages)["username"]);
        Assert.Equal(expected, Join([.. messages.Reverse()])["username"]);
    }

    [Fact]
    public void Totals_of_an_application_update_and_a_next_hop_change_count_and_those_of_appqoe_do_not()
    {
        Message change = Create with { Time = T + 30_000, Elapsed = 30 };
        RecordedSession record = Join(
            Create,
            change with { Tag = EventTag.AppTrackSessionAppUpdate, Totals = new Volume(100, 10, 1, 1) },
            change with { Tag = EventTag.RtFlowNexthopChange, Totals = new Volume(90, 30, 1, 1) },
            change with { Tag = EventTag.AppQoeBestPathSelected, Totals = new Volume(9000, 9000, 9, 9) });
        Assert.Equal(("100", "30"), (record["bytes_from_client"], record["bytes_from_server"]));
        Assert.Equal("0", record["updates"]);
    }

    private static Message Route(long time, string outgoing, string instance) => Create with
    {
        Tag = EventTag.AppTrackSessionRouteUpdate, Time = time,
        Extras =
        [
            ("profile-name", "pf1"), ("rule-name", "r1"), ("routing-instance", instance), ("destination-interface-name", outgoing),
        ],
    };

    private static RecordedSession Join(params Message[] messages)
    {
        var driver = new JoinDriver();
        long received = messages.Max(m => m.Time);
        foreach (Message message in messages) driver.Send(message, received);
        return Assert.Single(driver.End().Output.Sessions);
    }
}
