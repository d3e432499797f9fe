using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class SyslogParserTests
{
    private const string Message = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.26 " + Flow + "]";

    private const string Flow = "source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"198.51.100.1\" "
        + "destination-port=\"2\" protocol-id=\"6\"";

    [Theory]
    [InlineData("\u00EF\u00BB\u00BF", "")]
    [InlineData("", "\r\n")]
    [InlineData("", "\0")]
    [InlineData("", " \t\n\0\n")]
    [InlineData("", " session denied 192.0.2.1/1->198.51.100.1/2 [ \"")]
    public void What_stands_around_the_message_does_not_matter(string before, string after) =>
        Assert.Equal(EventFields.Parse(Message), EventFields.Parse(before + Message + after));

    [Theory]
    [InlineData("[junos@2636.1.1.1.2.26 ", "[")]
    [InlineData("[junos@2636.1.1.1.2.26 ", "[name@1\n  ")]
    [InlineData("[junos@2636.1.1.1.2.26 ", "[timeQuality tzKnown=\"0\"][meta sequenceId=\"1\" protocol-id=\"9\"][a@1 ")]
    [InlineData("6\"]", "6\" ][origin ip=\"192.0.2.7\" source-port=\"9\"]")]
    [InlineData("6\"]", "6\"\r\n]")]
    [InlineData("\" ", "\"")]
    [InlineData("\" ", "\"\r\n\t")]
    [InlineData(" RT_FLOW - ", "\nRT_FLOW\n- ")]
    public void Variations_of_the_structured_data_mean_the_same(string part, string variation) =>
        Assert.Equal(EventFields.Parse(Message), EventFields.Parse(Message.Replace(part, variation, StringComparison.Ordinal)));

    [Fact]
    public void Elements_of_one_message_add_up()
    {
        SortedDictionary<string, string> fields = EventFields.Parse(Message + "[other@1 username=\"kim\" x=\"y\"]");
        Assert.Equal("kim", fields["username"]);
        Assert.Equal("y", fields["+x"]);
    }

    [Theory]
    [InlineData("session-id=\"85905209174\" session-id-32=\"7\"", "85905209174")]
    [InlineData("session-id-32=\"7\" session-id=\"85905209174\"", "85905209174")]
    [InlineData("session-id=\"N/A\" session-id-32=\"7\"", "7")]
    [InlineData("session-id-32=\"7\" session-id-32=\"8\"", "7")]
    public void Of_several_names_of_a_field_the_same_one_wins_in_any_order(string ids, string expected) =>
        Assert.Equal(expected, EventFields.Parse(With(ids))["session_id"]);

    [Theory]
    [InlineData("N/A")]
    [InlineData("n/a")]
    [InlineData("NA")]
    [InlineData("NA NA")]
    [InlineData("None")]
    [InlineData("UNKNOWN")]
    [InlineData("")]
    [InlineData("   ")]
    public void An_application_or_an_extra_that_is_not_there_is_absent(string value)
    {
        Assert.Equal(EventFields.Parse(Message), EventFields.Parse(With($"application=\"{value}\" any-key=\"{value}\"")));
    }

    [Fact]
    public void An_operators_own_names_are_not_taken_for_absent()
    {
        SortedDictionary<string, string> fields = EventFields.Parse(With("policy-name=\"unknown\" source-zone-name=\"none\""));
        Assert.Equal("unknown", fields["policy_name"]);
        Assert.Equal("none", fields["source_zone_name"]);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_pass_unchanged()
    {
        var sessionEvent = new SessionEvent();
        byte[] message = Encoding.Latin1.GetBytes(With("username=\"\u00FF\u00FE\""));
        Assert.True(SyslogParser.Parse(message, sessionEvent).Accepted);
        Assert.Equal([0xFF, 0xFE], sessionEvent.Text(Field.Username).ToArray());
    }

    [Fact]
    public void The_event_outlives_the_buffer_of_its_message()
    {
        byte[] message = Encoding.ASCII.GetBytes(Message);
        var sessionEvent = new SessionEvent();
        SyslogParser.Parse(message, sessionEvent);
        SortedDictionary<string, string> before = EventFields.Of(sessionEvent);
        Array.Clear(message);
        Assert.Equal(before, EventFields.Of(sessionEvent));
    }

    [Fact]
    public void Neither_parsing_nor_refusing_nor_finding_the_key_allocates()
    {
        byte[][] messages =
        [
            Encoding.ASCII.GetBytes(Message),
            Encoding.ASCII.GetBytes(Message.Replace("192.0.2.1", "2001:db8::1", StringComparison.Ordinal)),
            Encoding.ASCII.GetBytes(With("username=\"a\\\"\" x=\"y\"")),
            Encoding.ASCII.GetBytes(Message.Replace("192", "x", StringComparison.Ordinal)),
            "garbage"u8.ToArray(),
        ];
        var sessionEvent = new SessionEvent();
        byte[] buffer = new byte[RefusalDetail.MaxBytes];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            foreach (byte[] message in messages)
            {
                Refusal refusal = SyslogParser.Parse(message, sessionEvent);
                if (!refusal.Accepted) RefusalDetail.Write(refusal, message, buffer);
                else sessionEvent.Address(Field.SourceAddress).Format(buffer);
                FlowKey.TryWrite(message, buffer, out _);
            }
        }
    }

    private static string With(string parameters) => Message.Replace("protocol-id", parameters + " protocol-id", StringComparison.Ordinal);
}
