using System.Text;

namespace FlowStream.Parsing.Tests.Structured;

/// <summary>Each way of damaging structured data that was seen in captures and documents: read, and counted by its name.</summary>
public sealed class DamagedDataTests
{
    private const string Head = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - ";
    private const string Id = "junos@2636.1.1.1.2.129";
    private const string Flow = "source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"198.51.100.1\" "
        + "destination-port=\"2\" protocol-id=\"6\" session-id=\"7\"";

    /// <summary>What follows the tag, what is wrong with it, and fields that it must have besides the flow.</summary>
    public static TheoryData<string, Repair, string> Cases() => new()
    {
        { $"[{Id} {Flow}]", Repair.None, "" },
        { $"[any.name@0.x {Flow}]", Repair.None, "" },
        { $"[{Flow}]", Repair.None, "" },
        { $"[{Id} {Flow} reason=\"TCP FIN\"] session closed TCP FIN: 192.0.2.1/1", Repair.None, "reason=TCP FIN" },
        { $"[meta seq=\"1\"][{Id} {Flow} x=\"a\\\"b\\]c\\\\d\"]", Repair.None, "+x=a\"b]c\\d" },
        { $"[{Id} {Flow} username=\"corp\\kim\"]", Repair.None, "username=corp\\kim" },
        { $"[{Id}{Flow}]", Repair.SdIdSeparator, "" },
        { $"[user@host.1.1.1.2.129{Flow}]", Repair.SdIdSeparator, "" },
        { $"[{Id}\u00A0{Flow}]", Repair.SdIdSeparator, "" },
        { $"{Id} {Flow}]", Repair.MissingOpeningBracket, "" },
        { $"{Flow}]", Repair.MissingOpeningBracket, "" },
        { $"[{Id} {Flow} ip-dscp=\"0\"sla-rule=\"SLA1\" x=\"y\"]", Repair.ParameterSeparator, "+ip-dscp=0|+sla-rule=SLA1|+x=y" },
        { $"[{Id} {Flow} reason=\u201Dx\u201D category=\u201CWeb\u201D]", Repair.TypographicQuotes, "reason=x|category=Web" },
        { $"[{Id} {Flow} reason=\u201Dx\" category=\"Web\u201D x=\"y\"]", Repair.TypographicQuotes, "reason=x|category=Web|+x=y" },
        { $"[{Id} {Flow} \"server-ip=\"192.0.2.9\" url=\"x\"]", Repair.StrayQuote, "+server-ip=192.0.2.9|+url=x" },
        { $"[{Id} {Flow} roles=\"vpn-A\u2019\"]", Repair.StrayQuote, "roles=vpn-A" },
        { $"[{Id} {Flow} remote-address=192.0.2.9\" x=\"y\"]", Repair.StrayQuote, "+remote-address=192.0.2.9|+x=y" },
        { $"[{Id} {Flow} reason=\"TCP FIN username=\"kim\" x=\"y\"]", Repair.StrayQuote, "reason=TCP FIN|username=kim|+x=y" },
        { $"[{Id} {Flow} category=\" Web\" encrypted=\"No \"]", Repair.StrayBlanks, "category=Web|encrypted=No" },
        { $"[{Id} {Flow}", Repair.MissingClosingBracket, "" },
        { $"[{Id} {Flow} x=\"y\" bytes-from-client=\"39", Repair.MissingClosingBracket, "+x=y" },
        { $"[{Id} {Flow} x=\"y\" bytes-fr", Repair.MissingClosingBracket, "+x=y" },
        { $"[{Id} {Flow} destination-address=\"203.0.113.9\" x=\"1\" x=\"2\" x=\"3\"]", Repair.DuplicateKey,
            "destination_address=198.51.100.1|+x=1" },
        { $"[{Id} {Flow} url-host=\"1\" url-host=\"2\"]", Repair.DuplicateKey, "+url-host=1" },
        { $"[{Id} {Flow} nat-source-address=\"pool\" icmp-type=\"300\"]", Repair.UnreadableValue, "" },
        { $"[{Id} {Flow}  x=\"y\"\tz=\"w\" ]", Repair.None, "+x=y|+z=w" },
        { $"[{Id} {Flow.Replace(" ", "\n", StringComparison.Ordinal)}\nreason=\"response\nreceived\"]", Repair.WrappedLines,
            "reason=response received" },
        { $"[{Id} {Flow.Replace("\"6\"", "\"TCP\"", StringComparison.Ordinal)}]", Repair.None, "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_read_and_counted(string data, Repair repairs, string more)
    {
        SessionEvent read = Parse("RT_FLOW_SESSION_CLOSE " + data);
        Assert.Equal(repairs, read.Repairs);
        SortedDictionary<string, string> fields = EventFields.Of(read);
        string flow = string.Join(' ', new[] { "source_address", "source_port", "destination_address", "destination_port", "protocol_id" }
            .Select(name => fields[name]));
        Assert.Equal("192.0.2.1 1 198.51.100.1 2 6", flow);
        Assert.Equal("7", fields["session_id"]);
        foreach (string pair in more.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            Assert.Equal(pair[(equals + 1)..], fields.GetValueOrDefault(pair[..equals]));
        }
    }

    [Fact]
    public void A_misspelled_tag_is_read_and_counted()
    {
        SessionEvent read = Parse($"APPTRACK_SESSSION_VOL_UPDATE [{Id} {Flow}]");
        Assert.Equal((EventTag.AppTrackSessionVolUpdate, Repair.MisspelledTag), (read.Tag, read.Repairs));
    }

    [Fact]
    public void What_was_not_measured_is_absent()
    {
        SessionEvent read = Parse($"APPQOE_SLA_METRIC_VIOLATION [{Id} {Flow} rtt=\"4294967295\" rtt-jitter=\"5\"]");
        Assert.DoesNotContain("+rtt", EventFields.Of(read).Keys);
        Assert.Equal("5", EventFields.Of(read)["+rtt-jitter"]);
    }

    [Fact]
    public void The_worst_message_takes_time_in_proportion_to_its_length()
    {
        string[] pieces =
            ["\" ", "\u201D", "\u201D ", "a=", "\"a=", " a=\"", "\\", "\" a", "=", new string('a', 63) + "=\u2019", "a=\u201D\" "];
        var read = new SessionEvent();
        foreach (string piece in pieces)
        {
            byte[] worst = Encoding.UTF8.GetBytes(
                $"{Head}RT_FLOW_SESSION_CLOSE [{Id} {Flow} x=\u201C"
                + string.Concat(Enumerable.Repeat(piece, ParserLimits.MaxMessageBytes / piece.Length)));
            byte[] message = worst[..ParserLimits.MaxMessageBytes];
            long start = TimeProvider.System.GetTimestamp();
            SyslogParser.Parse(message, read);
            // A quadratic reader takes over a second; this one a millisecond, and a busy machine some more.
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(1), $"{piece} repeated takes long.");
        }
    }

    private static SessionEvent Parse(string message)
    {
        var read = new SessionEvent();
        Refusal refusal = SyslogParser.Parse(Encoding.UTF8.GetBytes(Head + message), read);
        Assert.True(refusal.Accepted, $"{refusal} in {message}");
        return read;
    }
}
