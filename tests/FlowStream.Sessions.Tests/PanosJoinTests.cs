namespace FlowStream.Sessions.Tests;

public sealed class PanosJoinTests
{
    private const long T = JoinDriver.Epoch;

    private static readonly PanosLog First = new("start", T, 0) { Application = "ssl", Bytes = (700, 300) };
    private static readonly PanosLog Shift = First with { Application = "facebook-base", Generated = T + 4_000 };
    private static readonly PanosLog End = new("end", T, 130)
    {
        Application = "facebook-base", Generated = T + 145_000, Bytes = (1732, 1900), Reason = "tcp-fin", Parent = "90210",
    };

    [Fact]
    public void Start_opens_end_closes_and_the_totals_are_those_of_the_end()
    {
        RecordedSession record = Join(First, Shift, End);
        Assert.Equal("paloalto", record["device_vendor"]);
        Assert.Equal("complete", record["completeness"]);
        Assert.Equal("create", record["start_source"]);
        Assert.Equal("2025-06-15T15:06:40.000Z", record["start_time"]);
        Assert.Equal("2025-06-15T15:08:50.000Z", record["end_time"]);
        Assert.Equal("1732", record["bytes_from_client"]);
        Assert.Equal("tcp-fin", record["end_reason"]);
        Assert.Equal("012345678901", record["device_serial"]);
        Assert.Equal("[\"TRAFFIC\"]", record["sources"]);
        Assert.Contains("\"application_history\":\"ssl, facebook-base\"", record["extras"], StringComparison.Ordinal);
        Assert.Contains("\"parent_session_id\":\"90210\"", record["extras"], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_order_and_duplication_of_its_logs_gives_the_same_record()
    {
        PanosLog[] logs = [First, Shift, First with { Generated = T + 9_000, Application = "facebook-chat" }, End];
        byte[] expected = Join(logs).Bytes;
        foreach (PanosLog[] order in Orders(logs))
        {
            var driver = new JoinDriver();
            foreach (PanosLog log in order) driver.Send(log.Line(), T + 146_000);
            foreach (PanosLog log in order) driver.Send(log.Line(), T + 147_000);
            RecordedSession record = Assert.Single(driver.End().Output.Sessions);
            Assert.Equal(expected, record.Bytes);
            Assert.Equal(logs.Length, driver.Join.Counters.Duplicates);
        }
    }

    [Fact]
    public void Without_a_start_log_its_beginning_was_not_seen_and_without_an_end_log_its_end_was_not()
    {
        Assert.Equal("no_create", Join(End)["completeness"]);
        Assert.Equal("2025-06-15T15:06:40.000Z", Join(End)["start_time"]);
        RecordedSession open = Join(First, Shift);
        Assert.Equal("no_close", open["completeness"]);
        Assert.Equal("timeout-inferred", open["end_reason"]);
        Assert.Equal("0", open["bytes_from_client"]);
        Assert.Null(open["elapsed_time"]);
        Assert.Equal("paloalto", open["device_vendor"]);
    }

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0", "none")]
    [InlineData("203.0.113.9", "0.0.0.0", "source")]
    [InlineData("203.0.113.9", "198.51.100.20", "both")]
    [InlineData("0.0.0.0", "10.1.1.9", "destination")]
    [InlineData("203.0.113.9", "10.1.1.9", "both")]
    public void Nat_is_source_destination_or_both_as_session_all_marks_it(string source, string destination, string kind) =>
        Assert.Equal(kind, Join(End with { NatSource = source, NatDestination = destination })["nat"]);

    private static RecordedSession Join(params PanosLog[] logs)
    {
        var driver = new JoinDriver();
        foreach (PanosLog log in logs) driver.Send(log.Line(), log.Generated + 500);
        return Assert.Single(driver.End().Output.Sessions);
    }

    private static IEnumerable<PanosLog[]> Orders(PanosLog[] logs) => logs.Length <= 1
        ? [logs]
        : Enumerable.Range(0, logs.Length).SelectMany(
            i => Orders([.. logs[..i], .. logs[(i + 1)..]]).Select(rest => (PanosLog[])[logs[i], .. rest]));
}
