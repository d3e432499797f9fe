using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.Table;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests.Table;

public sealed class SessionScanTests
{
    private const long T = JoinDriver.Epoch;

    [Fact]
    public void An_open_session_is_listed_as_its_final_record_will_be_if_nothing_more_comes() => Properties.WithSeed(seed =>
    {
        for (int round = 0; round < 200; round++)
        {
            JoinDriver driver = RandomTable(new Random(unchecked((int)(seed + (ulong)round))));
            int finals = driver.Output.Sessions.Count;
            List<byte[]> listed = [.. Scan(driver, new SessionFilter(), scan => Avro(scan.Record))];
            Assert.Equal(driver.Join.OpenSessions, listed.Count);
            IEnumerable<byte[]> ended = driver.End().Output.Sessions.Skip(finals).Select(record => record.Bytes);
            Assert.Equal(ended.Select(Convert.ToHexString).Order(), listed.Select(Convert.ToHexString).Order());
        }
    });

    [Fact]
    public void Looking_changes_nothing_of_what_comes_out() => Properties.WithSeed(seed =>
    {
        var history = new History(new Random((int)(seed % int.MaxValue)));
        Message[] messages = [.. Enumerable.Range(0, 30).SelectMany(i => history.Chain(i, 2, T + (i * 1000))).OrderBy(m => m.Time)];
        JoinDriver looked = new();
        foreach (Message message in messages)
        {
            looked.Send(message);
            var filter = new SessionFilter { Application = "HTTP", Remembered = true };
            Assert.All(Scan(looked, filter, scan => scan.Record.SessionId), id => Assert.InRange(id, 1000, 1029));
        }
        Assert.Equal(new JoinDriver().Send(messages).End().Output.Log, looked.End().Output.Log);
    });

    [Fact]
    public void A_filter_lets_pass_what_the_record_says() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)(seed % int.MaxValue));
        JoinDriver driver = RandomTable(random);
        List<JsonNode> all = [.. Scan(driver, new SessionFilter { Remembered = true }, Json)];
        SessionFilter[] filters =
        [
            new() { Device = "FW1" }, new() { SourcePrefix = Prefix("192.0.2.0/24") }, new() { SourcePrefix = Prefix("2001:db8::/32") },
            new() { DestinationPrefix = Prefix("198.51/16") }, new() { SourcePort = 20_003 }, new() { DestinationPort = 443 },
            new() { DestinationPort = 80 }, new() { Protocol = 6 }, new() { Protocol = 17 }, new() { SessionId = 1007 },
            new() { Application = "http" }, new() { Application = "example-web" }, new() { Application = "junos-https" },
            new() { Interface = "ge-0/0/0.0" }, new() { Device = "fw2", Protocol = 6, SessionId = 1002 }, new(),
        ];
        foreach (SessionFilter filter in filters)
        {
            Assert.Equal(
                all.Where(session => Passes(filter, session)).Select(session => session.ToJsonString()),
                Scan(driver, filter, Json).Select(session => session.ToJsonString()));
        }
    });

    [Fact]
    public void A_summary_counts_what_the_listing_lists()
    {
        JoinDriver driver = RandomTable(new Random(5));
        var summary = new SessionSummary();
        List<JsonNode> listed = [.. Scan(driver, new SessionFilter { Remembered = true }, scan =>
        {
            summary.Add(scan);
            return Json(scan);
        })];
        Assert.Equal(listed.Count, summary.Count);
        foreach (SessionState state in Enum.GetValues<SessionState>())
            Assert.Equal(listed.Count(session => (string?)session["state"] == state.Name()), summary.Of(state));
        Assert.Equal(listed.Count, summary.OfProtocol(6));
        DateTimeOffset oldest = DateTimeOffset.FromUnixTimeMilliseconds(summary.OldestStart!.Value);
        Assert.Equal(listed.Min(session => (DateTimeOffset)session["start_time"]!), oldest);
    }

    [Fact]
    public void The_states_are_named_and_an_open_session_shows_no_end()
    {
        var create = new Message(EventTag.RtFlowSessionCreate, T);
        Message close = create with { Tag = EventTag.RtFlowSessionClose, Time = T + 2000, Elapsed = 2, Reason = "TCP FIN" };
        JoinDriver driver = new JoinDriver().Send(create);
        JsonNode open = Assert.Single(Scan(driver, new SessionFilter(), Json));
        Assert.Equal("open", (string?)open["state"]);
        Assert.Null(open["end_reason"]);
        JsonNode closing = Assert.Single(Scan(driver.Send(close), new SessionFilter(), Json));
        Assert.Equal(("closing", "tcp-fin"), ((string?)closing["state"], (string?)closing["end_reason"]));
        driver.Advance(T + 20_000);
        Assert.Empty(Scan(driver, new SessionFilter(), Json));
        JsonNode final = Assert.Single(Scan(driver, new SessionFilter { Remembered = true }, Json));
        Assert.Equal("final", (string?)final["state"]);
        Assert.Equal(driver.Output.Sessions[0].Key, (string?)final["session_key"]);
    }

    // Sessions open, closing and remembered; some began twice.
    private static JoinDriver RandomTable(Random random)
    {
        var history = new History(random) { MaxSeconds = 300 };
        List<Message> messages = [.. Enumerable.Range(0, 20).SelectMany(i => history.Chain(i, 2, T + random.Next(300_000)))];
        return new JoinDriver().Send(messages.OrderBy(m => m.Time).Take(random.Next(1, messages.Count)));
    }

    // In steps of one slot, so that every pause is tried.
    private static IEnumerable<TResult> Scan<TResult>(JoinDriver driver, SessionFilter filter, Func<SessionScan, TResult> read)
    {
        SessionScan scan = driver.Join.Scan(filter);
        while (true)
        {
            int budget = 1;
            ScanStep step = scan.Next(ref budget);
            if (step == ScanStep.Ended) yield break;
            if (step == ScanStep.Found) yield return read(scan);
            Assert.Equal(0, budget);
        }
    }

    private static bool Passes(SessionFilter filter, JsonNode session) =>
        (filter.Remembered || (string?)session["state"] != "final")
        && (filter.Device is not { } device || device.Equals((string?)session["device_host"], StringComparison.OrdinalIgnoreCase))
        && (filter.SourcePrefix is not { } source || source.Contains(Address(session, "source_address")))
        && (filter.DestinationPrefix is not { } destination || destination.Contains(Address(session, "destination_address")))
        && (filter.SourcePort is not { } sourcePort || sourcePort == (int)session["source_port"]!)
        && (filter.DestinationPort is not { } port || port == (int)session["destination_port"]!)
        && (filter.Protocol is not { } protocol || protocol == (int)session["protocol_id"]!)
        && (filter.SessionId is not { } id || id == (long)session["session_id"]!)
        && (filter.Interface is not { } name || HasText(session, name, "packet_incoming_interface", "destination_interface_name"))
        && (filter.Application is not { } application
            || HasText(session, application, "nested_application", "application", "service_name"));

    private static bool HasText(JsonNode session, string text, params string[] fields) =>
        fields.Any(field => text.Equals((string?)session[field], StringComparison.OrdinalIgnoreCase));

    private static IpAddress Address(JsonNode session, string field)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes((string)session[field]!), out IpAddress address));
        return address;
    }

    private static AddressPrefix Prefix(string text)
    {
        Assert.True(AddressPrefix.TryParse(Encoding.ASCII.GetBytes(text), out AddressPrefix prefix));
        return prefix;
    }

    private static JsonNode Json(SessionScan scan)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) OpenSessionJson.Write(json, scan);
        return JsonNode.Parse(bytes.WrittenSpan)!;
    }

    private static byte[] Avro(CompletedSession record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(bytes);
        record.Write(ref writer);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
