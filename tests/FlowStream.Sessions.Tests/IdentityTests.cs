using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

public sealed class IdentityTests
{
    private const long T = JoinDriver.Epoch;
    private const long Narrow = 5_863_254;
    private const long Wide = (20L << 32) | Narrow;

    private static readonly Message Create = new(EventTag.RtFlowSessionCreate, T) { Id = Wide };

    private static readonly Message Update = new(EventTag.AppTrackSessionVolUpdate, T + 60_000)
    {
        Id = Narrow, Elapsed = 60, Totals = new Volume(600, 6000, 6, 10), Application = "HTTP",
    };

    private static readonly Message Close = new(EventTag.RtFlowSessionClose, T + 90_000)
    {
        Id = Wide, Elapsed = 90, Totals = new Volume(900, 9000, 9, 15), Reason = "TCP FIN",
    };

    [Fact]
    public void An_id_of_64_bits_and_its_lower_half_are_one_session_in_any_order()
    {
        string expected = Assert.Single(new JoinDriver().Send(Create, Update, Close).End().Output.Sessions).Json;
        Message[][] orders =
        [
            [Create, Close, Update], [Update, Create, Close], [Update, Close, Create], [Close, Create, Update], [Close, Update, Create],
        ];
        foreach (Message[] order in orders)
        {
            JoinDriver driver = new();
            foreach (Message message in order) driver.Send(message, Close.Time);
            RecordedSession record = Assert.Single(driver.End().Output.Sessions);
            Assert.Equal(expected, record.Json);
            Assert.Equal(Wide.ToString(), record["session_id"]);
        }
    }

    [Fact]
    public void The_whole_id_that_comes_late_is_a_revision_under_the_same_key_and_outlives_a_restart()
    {
        Message narrow = Update with { Tag = EventTag.AppTrackSessionClose, Reason = "TCP FIN" };
        JoinDriver driver = new JoinDriver().Send(narrow).Advance(T + 80_000);
        driver.Send(Create, T + 80_000);
        Assert.Equal([$"{Narrow}", $"{Wide}"], driver.Output.Sessions.Select(s => s["session_id"]).Distinct());
        Assert.Single(driver.Output.Sessions.Select(s => s.Key).Distinct());
        var rows = new RowStore();
        driver.Join.CollectChanges(rows);
        var restored = new SessionJoin(new SessionOptions(), hashSeed: 9);
        foreach ((byte[] key, byte[] value) in rows.Log) restored.RestoreRow(key, value);
        restored.Apply((Close with { Id = Narrow }).Parse(new SessionEvent()), T + 90_000, default, driver.Output);
        Assert.Equal(Wide.ToString(), driver.Output.Sessions[^1]["session_id"]);
    }

    [Theory]
    [InlineData("device")]
    [InlineData("logical system")]
    [InlineData("id")]
    [InlineData("port")]
    [InlineData("address")]
    [InlineData("protocol")]
    public void Each_part_of_the_identity_tells_sessions_apart(string part)
    {
        Message other = part switch
        {
            "device" => Create with { Host = "fw2" },
            "logical system" => Create with { LogicalSystem = "tenant-b" },
            "id" => Create with { Id = Wide + 1 },
            "port" => Create with { SourcePort = 40_001 },
            "address" => Create with { Source = "192.0.2.11" },
            _ => Create with { Protocol = 17 },
        };
        List<RecordedSession> records = new JoinDriver().Send(Create, other, Close).End().Output.Sessions;
        Assert.Equal(2, records.Count);
        Assert.Equal(2, records.Select(r => r.Key).Distinct().Count());
        Assert.Equal(["complete", "no_close"], records.Select(r => r["completeness"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_late_message_makes_one_revision_though_it_also_says_the_whole_id()
    {
        JoinDriver driver = new JoinDriver().Send(Update, Close with { Id = Narrow }).Advance(T + 100_000);
        int said = driver.Output.Sessions.Count;
        driver.Send(Create with { Id = Wide }, T + 100_000);
        RecordedSession record = Assert.Single(driver.Output.Sessions.Skip(said));
        Assert.Equal(("1", $"{Wide}", "complete"), ($"{record.Revision}", record["session_id"], record["completeness"]));
    }

    [Fact]
    public void An_id_used_again_within_seconds_is_another_session_in_any_order()
    {
        Message close = Close with { Time = T + 1_000, Elapsed = 1 };
        Message again = Create with { Time = T + 2_600 }, end = close with { Time = T + 3_600, Totals = new Volume(7, 7, 7, 7) };
        string[] expected = [.. new JoinDriver().Send(Create, close, again, end).End().Output.Sessions.Select(s => s.Json)];
        Assert.Equal(2, expected.Length);
        JoinDriver driver = new();
        foreach (Message message in (Message[])[end, close, again, Create]) driver.Send(message, end.Time);
        IEnumerable<string> said = driver.End().Output.Sessions.Select(s => s.Json);
        Assert.Equal(expected.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_start_that_moved_is_another_session_and_supersedes_the_one_without_a_close()
    {
        Message moved = Update with { Time = T + 100_000, Elapsed = 20 };
        List<RecordedSession> records = new JoinDriver().Send(Create with { Id = Narrow }, moved).End().Output.Sessions;
        Assert.Equal(["superseded", "timeout-inferred"], records.Select(r => r["end_reason"]));
        Assert.Equal("2025-06-15T15:08:00.000Z", records[1]["start_time"]);
    }

    [Fact]
    public void Another_tuple_under_the_same_id_supersedes_nothing()
    {
        Message other = Create with { SourcePort = 40_001, Time = T + 30_000 };
        JoinDriver driver = new JoinDriver().Send(Create, other).Advance(T + 60_000);
        Assert.Empty(driver.Output.Sessions);
        Assert.Equal(2, driver.Join.OpenSessions);
    }

    [Fact]
    public void The_same_serial_number_is_the_same_device_under_its_alias_and_stands_for_a_missing_name()
    {
        var options = new SessionOptions { Aliases = new Dictionary<string, string> { ["007000000001"] = "pa-main" } };
        Assert.Equal("pa-main", Panos(options, "007000000001", "pa-one"));
        Assert.Equal("pa-main", Panos(options, "007000000001", ""));
        Assert.Equal("pa-two", Panos(options, "007000000002", "pa-two"));
        Assert.Equal("007000000002", Panos(options, "007000000002", ""));
    }

    [Fact]
    public void A_log_that_stands_for_several_sessions_says_so_and_its_parent_and_vsys_are_kept()
    {
        JoinDriver driver = new();
        driver.SendPanos((24, "3"), (59, "77"));
        RecordedSession record = Assert.Single(driver.End().Output.Sessions);
        Assert.Equal("vsys2", record["logical_system"]);
        Assert.Contains("\"repeat_count\":\"3\"", record["extras"], StringComparison.Ordinal);
        Assert.Contains("\"parent_session_id\":\"77\"", record["extras"], StringComparison.Ordinal);
    }

    private static string Panos(SessionOptions options, string serial, string device)
    {
        JoinDriver driver = new(options);
        driver.SendPanos((3, serial), (53, device));
        RecordedSession record = Assert.Single(driver.End().Output.Sessions);
        Assert.DoesNotContain("repeat_count", record["extras"], StringComparison.Ordinal);
        return record["device_host"]!;
    }
}
