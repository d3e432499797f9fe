using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

public sealed class SessionJoinTests
{
    private const long T = JoinDriver.Epoch;

    private static readonly Message Create = new(EventTag.RtFlowSessionCreate, T);

    private static readonly Message Update = new(EventTag.AppTrackSessionVolUpdate, T + 60_300)
    {
        Elapsed = 60, Totals = new Volume(600, 6000, 6, 10), Application = "HTTP",
    };

    private static readonly Message Close = new(EventTag.RtFlowSessionClose, T + 90_400)
    {
        Elapsed = 90, Totals = new Volume(900, 9000, 9, 15), Application = "HTTP", Nested = "EXAMPLE-WEB", Reason = "TCP FIN",
    };

    private static readonly Message Twin = Close with { Tag = EventTag.AppTrackSessionClose, Reason = "unset" };

    [Fact]
    public void A_close_gives_one_record_after_the_settle_time()
    {
        JoinDriver driver = new JoinDriver().Send(Create, Update, Close);
        Assert.Empty(driver.Output.Sessions);
        driver.Advance(Close.Time + 4_999);
        Assert.Empty(driver.Output.Sessions);
        driver.Advance(Close.Time + 5_000);
        RecordedSession record = Assert.Single(driver.Output.Sessions);
        Assert.Equal(0, record.Revision);
        Assert.Equal("complete", record["completeness"]);
        Assert.Equal("create", record["start_source"]);
        Assert.Equal("2025-06-15T15:06:40.000Z", record["start_time"]);
        Assert.Equal("2025-06-15T15:08:10.400Z", record["end_time"]);
        Assert.Equal("90", record["elapsed_time"]);
        Assert.Equal("tcp-fin", record["end_reason"]);
        Assert.Equal("TCP FIN", record["end_reason_raw"]);
        Assert.Equal("normal", record["end_class"]);
        Assert.Equal("HTTP", record["application"]);
        Assert.Equal("EXAMPLE-WEB", record["nested_application"]);
        Assert.Equal("9000", record["bytes_from_server"]);
        Assert.Equal("1", record["updates"]);
        Assert.Null(record["username"]);
        Assert.Matches("^[0-9a-f]{32}$", record.Key);
        Assert.Equal(0, driver.Join.OpenSessions);
        Assert.Equal(1, driver.Join.RememberedSessions);
        driver.End();
        Assert.Single(driver.Output.Sessions);
        Assert.Equal(0, driver.Join.RememberedSessions);
    }

    [Fact]
    public void Deltas_lie_between_the_observations_under_the_application_of_each()
    {
        JoinDriver driver = new JoinDriver().Send(Create, Update, Close, Twin).End();
        Assert.Equal(2, driver.Output.Booked.Count);
        Assert.Equal(1, driver.Output.Booked[("fw1", "HTTP", T, Update.Time, new Volume(600, 6000, 6, 10))]);
        Assert.Equal(1, driver.Output.Booked[("fw1", "EXAMPLE-WEB", Update.Time, Close.Time, new Volume(300, 3000, 3, 5))]);
        Assert.Equal(1, driver.Output.Counts[(SessionCount.Opened, "fw1", "", T)]);
        Assert.Equal(1, driver.Output.Counts[(SessionCount.Closed, "fw1", "EXAMPLE-WEB", Close.Time)]);
    }

    [Fact]
    public void A_close_without_create_begins_its_elapsed_time_earlier()
    {
        RecordedSession record = Assert.Single(new JoinDriver().Send(Close).End().Output.Sessions);
        Assert.Equal("no_create", record["completeness"]);
        Assert.Equal("elapsed", record["start_source"]);
        Assert.Equal("2025-06-15T15:06:40.400Z", record["start_time"]);
    }

    [Fact]
    public void Updates_alone_end_at_the_last_one_after_the_idle_timeout()
    {
        JoinDriver driver = new JoinDriver().Send(Update).Advance(Update.Time + (40 * 60_000) - 1);
        Assert.Empty(driver.Output.Sessions);
        RecordedSession record = Assert.Single(driver.Advance(Update.Time + (40 * 60_000)).Output.Sessions);
        Assert.Equal("timeout-inferred", record["end_reason"]);
        Assert.Equal("synthetic", record["end_class"]);
        Assert.Equal("updates_only", record["completeness"]);
        Assert.Equal("2025-06-15T15:07:40.300Z", record["end_time"]);
    }

    [Fact]
    public void A_close_after_the_inferred_end_is_a_revision_of_the_same_record()
    {
        Message late = Close with { Time = T + 3_000_000, Elapsed = 3000 };
        JoinDriver driver = new JoinDriver().Send(Create, Update).Advance(late.Time).Send(late);
        Assert.Equal(["timeout-inferred", "tcp-fin"], driver.Output.Sessions.Select(s => s["end_reason"]));
        Assert.Equal([0, 1], driver.Output.Sessions.Select(s => s.Revision));
        Assert.Single(driver.Output.Sessions.Select(s => s.Key).Distinct());
        Assert.Equal(1, driver.Output.Counts[(SessionCount.Closed, "fw1", "EXAMPLE-WEB", late.Time)]);
        Assert.Single(driver.Output.Counts, c => c.Key.Count == SessionCount.Closed);
    }

    [Fact]
    public void A_late_message_that_changes_nothing_gives_no_revision()
    {
        JoinDriver driver = new JoinDriver().Send(Create, Close).Advance(Close.Time + 60_000);
        driver.Send(Close, Close.Time + 61_000).Send(Create, Close.Time + 62_000);
        Assert.Single(driver.Output.Sessions);
        Assert.Equal(2, driver.Join.Counters.Duplicates);
    }

    [Fact]
    public void The_twin_close_of_the_other_family_joins_and_RT_FLOW_says_why_unless_it_does_not_know()
    {
        Message vague = Close with { Reason = "unset" };
        Message clear = Twin with { Reason = "TCP CLIENT RST" };
        Assert.Equal("tcp-fin", Assert.Single(new JoinDriver().Send(Twin, Close).End().Output.Sessions)["end_reason"]);
        Assert.Equal("tcp-rst-client", Assert.Single(new JoinDriver().Send(vague, clear).End().Output.Sessions)["end_reason"]);
        Message reset = Close with { Reason = "TCP RST" };
        Assert.Equal("tcp-rst-client", Assert.Single(new JoinDriver().Send(reset, clear).End().Output.Sessions)["end_reason"]);
        Assert.Equal("tcp-fin", Assert.Single(new JoinDriver().Send(Close, clear).End().Output.Sessions)["end_reason"]);
    }

    [Fact]
    public void An_id_that_is_used_again_is_another_session_and_the_one_without_a_close_is_superseded()
    {
        Message again = Create with { Time = T + 30_000 };
        JoinDriver driver = new JoinDriver().Send(Create, again).Advance(T + 35_000);
        RecordedSession first = Assert.Single(driver.Output.Sessions);
        Assert.Equal("superseded", first["end_reason"]);
        Assert.Equal("no_close", first["completeness"]);
        driver.Send(Close with { Time = T + 50_000, Elapsed = 20 }).End();
        Assert.Equal(2, driver.Output.Sessions.Count);
        Assert.NotEqual(first.Key, driver.Output.Sessions[1].Key);
        Assert.Equal("complete", driver.Output.Sessions[1]["completeness"]);
    }

    [Fact]
    public void A_reason_that_is_no_end_leaves_the_session_open()
    {
        JoinDriver driver = new JoinDriver().Send(Create, Update with { Tag = EventTag.AppTrackSessionClose, Reason = "HA N/A" });
        driver.Advance(T + 80_000);
        Assert.Empty(driver.Output.Sessions);
        Assert.Equal("tcp-fin", Assert.Single(driver.Send(Close).End().Output.Sessions)["end_reason"]);
    }

    [Fact]
    public void Nodes_of_a_cluster_are_one_device_under_their_alias()
    {
        var options = new SessionOptions { Aliases = new Dictionary<string, string> { ["fw1-node0"] = "fw1", ["fw1-node1"] = "fw1" } };
        JoinDriver driver = new(options);
        driver.Send(Create with { Host = "fw1-node0" }, Close with { Host = "fw1-node1" }).End();
        Assert.Equal("fw1", Assert.Single(driver.Output.Sessions)["device_host"]);
    }

    [Fact]
    public void A_device_without_a_name_is_called_by_its_sender()
    {
        Assert.Equal("203.0.113.1", Assert.Single(new JoinDriver().Send(Close with { Host = "-" }).End().Output.Sessions)["device_host"]);
    }

    [Fact]
    public void A_denial_goes_out_at_once_and_opens_nothing()
    {
        JoinDriver driver =
            new JoinDriver().Send(new Message(EventTag.RtFlowSessionDeny, T) { Reason = "policy deny", Application = "SSH" });
        Assert.Contains("\"reason\":\"policy deny\"", Assert.Single(driver.Output.Denials), StringComparison.Ordinal);
        Assert.Equal(1, driver.Output.Counts[(SessionCount.Denied, "fw1", "SSH", T)]);
        Assert.Equal(0, driver.Join.OpenSessions);
    }

    [Fact]
    public void What_a_denial_has_no_field_for_stands_among_its_extras_in_order()
    {
        var message = new Message(EventTag.RtFlowSessionDeny, T)
        {
            Extras =
            [
                ("sub-category", "VOIP"), ("zone-count", "2"), ("category", "Web"), ("a-key", "1"),
                ("destination-interface-name", "ge-0/0/1"), ("routing-instance", "red"), ("src-nat-rule-name", "r1"),
                ("dst-nat-rule-name", "r2"),
            ],
        };
        string extras =
            "{\"a_key\":\"1\",\"category\":\"Web\",\"destination_interface_name\":\"ge-0/0/1\",\"dst_nat_rule_name\":\"r2\"," +
            "\"routing_instance\":\"red\",\"src_nat_rule_name\":\"r1\",\"sub_category\":\"VOIP\",\"zone_count\":\"2\"}";
        Assert.Contains(
            $"\"extras\":{extras}", Assert.Single(new JoinDriver().Send(message).Output.Denials), StringComparison.Ordinal);
    }
}
