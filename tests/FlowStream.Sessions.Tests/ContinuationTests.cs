using FlowStream.Parsing;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class ContinuationTests
{
    private const long T = JoinDriver.Epoch;
    private const long Handover = T + 60_000;

    private static readonly Message Create = new(EventTag.RtFlowSessionCreate, T);

    private static readonly Message Left = new(EventTag.RtFlowSessionClose, Handover)
    {
        Elapsed = 60, Totals = new Volume(600, 6000, 6, 10), Reason = "HA",
    };

    private static readonly Message Again = Create with { Id = 2002, Time = Handover + 700 };

    private static readonly Message Update = new(EventTag.AppTrackSessionVolUpdate, Handover + 1_700)
    {
        Id = 2002, Elapsed = 1, Totals = new Volume(1, 2, 1, 1), Application = "HTTP",
    };

    private static readonly Message Close = Left with
    {
        Id = 2002, Time = Handover + 2_700, Elapsed = 2, Totals = new Volume(30, 40, 3, 4), Reason = "TCP FIN",
    };

    [Fact]
    public void A_session_goes_on_under_another_id_and_both_records_say_so()
    {
        JoinDriver driver = new JoinDriver().Send(Create, Left, Again, Update, Close).Advance(Close.Time + 5_000);
        List<RecordedSession> records = driver.Output.Sessions;
        Assert.Equal(["ha", "tcp-fin"], records.Select(r => r["end_reason"]));
        Assert.Equal(["{\"continued_by\":\"2002\"}", "{\"continues\":\"1001\"}"], records.Select(r => r["extras"]));
        Assert.Equal(["600", "30"], records.Select(r => r["bytes_from_client"]));
        Assert.All(records, record => Assert.Equal(0, record.Revision));
    }

    [Fact]
    public void Any_order_and_duplication_within_grace_gives_the_same_bytes() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        Message[] parts = [Create, Left, Again, Update, Close];
        string[] expected = Said(new JoinDriver().Send(parts));
        for (int round = 0; round < 300; round++)
        {
            Message[] shuffled = [.. parts, .. parts.Where(_ => random.Next(2) == 0)];
            random.Shuffle(shuffled);
            JoinDriver driver = new();
            foreach (Message message in shuffled) driver.Send(message, Close.Time + random.Next(4_000));
            Assert.Equal(expected, Said(driver));
        }
    });

    [Fact]
    public void Parts_that_overlap_and_follow_one_another_within_seconds_are_linked_alike_in_any_order() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < 1_000; round++)
        {
            var history = new History(random) { MaxParts = 4, MaxSeconds = 40 };
            List<Message> parts = history.Session(random.Next(100), T);
            string[] expected = Last(new JoinDriver().Send(parts.OrderBy(m => m.Time)));
            JoinDriver driver = new();
            foreach ((Message message, long received) in history.Arrivals(parts, 4_000)) driver.Send(message, received);
            Assert.Equal(expected, Last(driver));
        }
    });

    [Fact]
    public void A_link_is_taken_back_when_the_successor_turns_out_to_be_known_before_and_given_to_the_next()
    {
        Message other = Create with { Id = 3003, Time = Handover + 1_900 };
        JoinDriver driver = new JoinDriver().Send(Create, Left, Update with { Elapsed = 41 }, other).Advance(Handover + 8_000);
        driver.Send(Again with { Time = Update.Time - 41_000 }, Handover + 9_000);
        RecordedSession[] first = [.. driver.End().Output.Sessions.Where(r => r["session_id"] == "1001")];
        Assert.Equal(["{\"continued_by\":\"2002\"}", "{\"continued_by\":\"3003\"}"], first.Select(r => r["extras"]));
        Assert.Equal(["{}", "{\"continues\":\"1001\"}"], driver.Output.Sessions.Where(r => r["session_id"] != "1001")
            .OrderBy(r => r["session_id"], StringComparer.Ordinal).Select(r => r["extras"]));
    }

    [Fact]
    public void What_continues_a_session_is_found_though_it_said_all_that_it_says_before()
    {
        JoinDriver driver = new JoinDriver().Send(Create).Send(Again, Again.Time).Send(Left, Again.Time + 3_000);
        RecordedSession first = Assert.Single(driver.Advance(Again.Time + 9_000).Output.Sessions);
        Assert.Equal("{\"continued_by\":\"2002\"}", first["extras"]);
    }

    [Fact]
    public void A_link_stands_when_what_it_names_is_forgotten()
    {
        JoinDriver driver = new JoinDriver().Send(Create, Left, Again).Advance(Handover + 700_000);
        Assert.Equal(0, driver.Join.RememberedSessions);
        driver.Send(Update with { Time = Handover + 700_700, Elapsed = 700 }, Handover + 700_700);
        Assert.Equal("{\"continues\":\"1001\"}", driver.End().Output.Sessions[^1]["extras"]);
    }

    [Fact]
    public void What_continues_it_may_have_been_heard_of_first_and_fall_silent_as_well()
    {
        string[] expected = Said(new JoinDriver().Send(Create, Left, Again));
        JoinDriver driver = new JoinDriver().Send(Again, Again.Time).Send(Create, Again.Time + 1).Send(Left, Again.Time + 2);
        Assert.Equal(expected, Said(driver));
        Assert.Single(expected, json => json.Contains("\"continued_by\":\"2002\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_of_failovers_is_linked_part_by_part()
    {
        Message second = Left with { Id = 2002, Time = Handover + 30_000, Elapsed = 29, Reason = "first path reroute, session recreated" };
        Message third = Create with { Id = 3003, Time = second.Time + 5 };
        List<RecordedSession> records = new JoinDriver().Send(Create, Left, Again, second, third).End().Output.Sessions;
        Assert.Equal(["ha", "route-change", "timeout-inferred"], records.Select(r => r["end_reason"]));
        Assert.Equal(
            ["{\"continued_by\":\"2002\"}", "{\"continued_by\":\"3003\",\"continues\":\"1001\"}", "{\"continues\":\"2002\"}"],
            records.Select(r => r["extras"]));
    }

    [Fact]
    public void A_close_that_is_an_end_takes_the_link_back()
    {
        Message end = Left with { Tag = EventTag.AppTrackSessionClose, Reason = "TCP FIN", Time = Handover + 900 };
        foreach (Message[] order in (Message[][])[[Create, Left, Again, end], [Create, Left, end, Again]])
        {
            JoinDriver driver = new();
            foreach (Message message in order) driver.Send(message, Handover + 1_000);
            Assert.Equal(["{}", "{}"], driver.End().Output.Sessions.Select(r => r["extras"]));
        }
    }

    [Theory]
    [InlineData("the same id")]
    [InlineData("another port")]
    [InlineData("another device")]
    [InlineData("another logical system")]
    [InlineData("later than a failover takes")]
    [InlineData("heard of before")]
    [InlineData("a close that is an end")]
    public void What_only_looks_like_it_is_not_linked(string likeness)
    {
        Message[] messages = likeness switch
        {
            "the same id" => [Create, Left, Again with { Id = 1001, Time = Handover + 4_000 }],
            "another port" => [Create, Left, Again with { SourcePort = 1 }],
            "another device" => [Create, Left, Again with { Host = "fw2" }],
            "another logical system" => [Create, Left, Again with { LogicalSystem = "tenant-b" }],
            "later than a failover takes" => [Create, Left, Again with { Time = Handover + 5_001 }],
            "heard of before" => [Create, Again with { Time = Handover - 1_001 }, Left],
            _ => [Create, Left with { Reason = "TCP FIN" }, Again],
        };
        List<RecordedSession> records = new JoinDriver().Send(messages).End().Output.Sessions;
        Assert.Equal(2, records.Count);
        Assert.All(records, record => Assert.DoesNotContain("contin", record["extras"], StringComparison.Ordinal));
    }

    [Fact]
    public void A_restart_between_the_parts_changes_nothing()
    {
        string[] expected = Said(new JoinDriver().Send(Create, Left, Again, Update, Close));
        Message[] messages = [Create, Left, Again, Update, Close];
        for (int cut = 1; cut < messages.Length; cut++)
        {
            JoinDriver driver = new JoinDriver().Send(messages[..cut]);
            var rows = new RowStore();
            driver.Join.CollectChanges(rows);
            var join = new SessionJoin(new SessionOptions(), hashSeed: 5);
            foreach ((byte[] key, byte[] value) in rows.Log) join.RestoreRow(key, value);
            var parsed = new SessionEvent();
            foreach (Message message in messages[cut..])
            {
                join.Apply(message.Parse(parsed), message.Time, default, driver.Output);
                join.AdvanceTime(message.Time, driver.Output);
            }
            join.AdvanceTime(T + 90_000_000, driver.Output);
            Assert.Equal(expected, driver.Output.Sessions.Select(r => r.Json).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Made_up_failovers_of_one_tuple_are_not_followed_without_end()
    {
        JoinDriver driver = new();
        for (int i = 0; i < 3_000; i++) driver.Send(Left with { Id = i }, Handover);
        driver.End();
        Assert.Equal(3_000, driver.Output.Sessions.Count);
        Assert.InRange(driver.Output.Sessions.Count(r => r["extras"]!.Contains("continued_by", StringComparison.Ordinal)), 1, 16);
    }

    private static string[] Last(JoinDriver driver) =>
        [.. driver.End().Output.Sessions.GroupBy(r => r.Key).Select(g => Oracle.Describe(f => g.Last()[f])).Order(StringComparer.Ordinal)];

    private static string[] Said(JoinDriver driver) => [.. driver.End().Output.Sessions.Select(r => r.Json).Order(StringComparer.Ordinal)];
}
