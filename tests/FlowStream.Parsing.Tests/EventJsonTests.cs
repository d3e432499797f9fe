using System.Text;
using System.Text.Json;
using FlowStream.Testing;

namespace FlowStream.Parsing.Tests;

public sealed class EventJsonTests
{
    [Fact]
    public void An_event_is_one_object_with_the_names_of_the_schemas()
    {
        const string Message = "<14>1 2026-05-01T10:28:10.933+02:00 fw1 RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.26 "
            + "reason=\"TCP FIN\" "
            + "source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"2001:DB8::2\" destination-port=\"2\" protocol-id=\"6\" "
            + "session-id-32=\"41\" encrypted=\"No \" src-nat-rule-name=\"r1\" connection-tag=\"0\" nat-connection-tag=\"N/A\"]";
        Assert.Equal(
            """
            {"kind":"close","tag":"RT_FLOW_SESSION_CLOSE","shape":"junos-structured","repairs":["stray-blanks"],
            "device_vendor":"juniper","device_host":"fw1",
            "event_time":"2026-05-01T08:28:10.933Z","session_id":41,"source_address":"192.0.2.1","source_port":1,
            "destination_address":"2001:db8::2","destination_port":2,"protocol_id":6,"src_nat_rule_name":"r1","encrypted":"No",
            "reason":"TCP FIN","extras":{"connection_tag":"0"}}
            """.Replace("\n", "", StringComparison.Ordinal),
            Line(Message));
    }

    [Fact]
    public void A_time_without_a_zone_is_printed_without_one()
    {
        const string Message = "<14>1 2026-05-01T10:28:10 - RT_FLOW - RT_FLOW_SESSION_DENY [a@1 source-address=\"192.0.2.1\" "
            + "source-port=\"1\" destination-address=\"192.0.2.2\" destination-port=\"2\" protocol-id=\"6\"]";
        Assert.StartsWith(
            """{"kind":"deny","tag":"RT_FLOW_SESSION_DENY","shape":"junos-structured","device_vendor":"juniper","event_time":"2026-05-01"""
                + """T10:28:10.000","source""",
            Line(Message),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_an_object_with_its_reason_and_detail() => Assert.Equal(
        """{"kind":"refused","reason":"unknown-tag","detail":"byte 14: \"<14>1 - - - - TAG [x]\""}""", Line("<14>1 - - - - TAG [x]"));

    [Fact]
    public void Any_event_and_any_refusal_is_valid_json() => Properties.Check(
        RenderedEvent.Generator,
        e =>
        {
            byte[] message = e.Render();
            var random = new Random(message.Length);
            for (int i = 0; i < 40; i++)
            {
                using var document = JsonDocument.Parse(Line(Encoding.Latin1.GetString(message)));
                Assert.Equal(JsonValueKind.String, document.RootElement.GetProperty("kind").ValueKind);
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }
        });

    private static string Line(string message)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(message);
        var sessionEvent = new SessionEvent();
        Refusal refusal = SyslogParser.Parse(bytes, sessionEvent);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, EventJson.WriterOptions))
        {
            if (refusal.Accepted) EventJson.Write(writer, sessionEvent);
            else EventJson.Write(writer, refusal, bytes);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
