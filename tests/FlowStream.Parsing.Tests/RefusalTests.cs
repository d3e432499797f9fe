using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class RefusalTests
{
    private const string Head = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - ";

    private const string Flow = "source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"198.51.100.1\" "
        + "destination-port=\"2\" protocol-id=\"6\"";

    /// <summary>A message, the reason, and the text at which the fault is seen.</summary>
    public static TheoryData<string, RefusalReason, string?, Field?> Cases() => new()
    {
        { "", RefusalReason.Empty, null, null },
        { "  \r\n\0", RefusalReason.Empty, null, null },
        { "\u00EF\u00BB\u00BF\n", RefusalReason.Empty, null, null },
        { "\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF", RefusalReason.NoSyslogHeader, "\u00FF\u00D8", null },
        { "<14>1 2026-05-01T00:06:15.274+24:00 fw1 RT_FLOW - RT_FLOW_SESSION_DENY [a@1]", RefusalReason.BadTimestamp, "2026", null },
        { "<14>1 x", RefusalReason.BadTimestamp, "x", null },
        { "<14>x y RT_FLOW: RT_FLOW_SESSION_DENY [a@1]", RefusalReason.BadTimestamp, "x", null },
        { "<14>1 ", RefusalReason.UnknownTag, null, null },
        { "<14>1 {{ iso }} {{ host }} - - - - 1,{{ time }},", RefusalReason.TemplatePlaceholder, "{{ iso", null },
        { "{\"reason\":\"TCP FIN\"}", RefusalReason.FlattenedJson, "{", null },
        { Head + "APPQOE_BEST_PATH [a@1 " + Flow + "]", RefusalReason.UnknownTag, "APPQOE", null },
        { Head + "RT_FLOW_SESSION_DENIED [a@1 " + Flow + "]", RefusalReason.UnknownTag, "RT_FLOW_SESSION_DENIED", null },
        { "<14>1 2026-05-01T08:28:10.933Z", RefusalReason.UnknownTag, null, null },
        { Head + "RT_FLOW_SESSION_DENY", RefusalReason.NoStructuredData, null, null },
        { Head + "RT_FLOW_SESSION_DENY [", RefusalReason.UnterminatedStructuredData, null, null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow[..^1], RefusalReason.UnterminatedStructuredData, null, null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow[..^1] + "\\\"]", RefusalReason.UnterminatedStructuredData, null, null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow + " x=y]", RefusalReason.MalformedParameter, "x=y", null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow + " x\"y\"]", RefusalReason.MalformedParameter, "x\"y", null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow + " =\"y\"]", RefusalReason.MalformedParameter, "=\"y", null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow + " x y=\"z\"]", RefusalReason.MalformedParameter, "x y", null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Many(257) + "]", RefusalReason.TooManyParameters, "k256=", null },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow[..^16] + "]", RefusalReason.MissingField, null, Field.ProtocolId },
        { Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow.Replace("192.0.2.1", "N/A", StringComparison.Ordinal) + "]",
            RefusalReason.MissingField, null, Field.SourceAddress },
        { Head + "RT_FLOW_SESSION_CREATE [a@1 " + Flow + "]", RefusalReason.MissingField, null, Field.SessionId },
        { Head + "RT_FLOW_SESSION_DENY [a@1 source-port=\"65536\"]", RefusalReason.BadNumber, "65536", Field.SourcePort },
        { Head + "RT_FLOW_SESSION_DENY [a@1 protocol-id=\"TPC\"]", RefusalReason.BadNumber, "TPC", Field.ProtocolId },
        { Head + "RT_FLOW_SESSION_DENY [a@1 protocol-id=\"256\"]", RefusalReason.BadNumber, "256", Field.ProtocolId },
        { Head + "RT_FLOW_SESSION_CLOSE [a@1 elapsed-time=\"-1\"]", RefusalReason.BadNumber, "-1", Field.ElapsedTime },
        { Head + "RT_FLOW_SESSION_CLOSE [a@1 elapsed-time=\"1.5\"]", RefusalReason.BadNumber, "1.5", Field.ElapsedTime },
        { Head + "RT_FLOW_SESSION_CLOSE [a@1 bytes-from-client=\"9223372036854775808\"]", RefusalReason.BadNumber, "9223",
            Field.BytesFromClient },
        { Head + "RT_FLOW_SESSION_CLOSE [a@1 session-id=\"18446744073709551616\"]", RefusalReason.BadNumber, "1844", Field.SessionId },
        { Head + "RT_FLOW_SESSION_CLOSE [a@1 session-id=\"+1\"]", RefusalReason.BadNumber, "+1", Field.SessionId },
        { Head + "RT_FLOW_SESSION_DENY [a@1 source-address=\"192.0.2\"]", RefusalReason.BadAddress, "192.0.2\"", Field.SourceAddress },
        { Head + "RT_FLOW_SESSION_DENY: session denied 192.0.2.1 to 198.51.100.1", RefusalReason.MalformedSentence, null, null },
        { "1,2026/05/01 08:28:10,007,THREAT,url,2561", RefusalReason.UnknownLogType, "THREAT", null },
        { "1,2026/05/01 08:28:10,007,TRAFFIC,end,2561,\"2026/05/01", RefusalReason.MalformedColumns, "\"2026/05/01", null },
        { "CEF:0|Palo Alto Networks|PAN-OS|11.1.0|end", RefusalReason.MalformedExtension, null, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_malformed_message_is_refused_with_its_reason_and_place(string message, RefusalReason reason, string? at, Field? field)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(message);
        Refusal refusal = SyslogParser.Parse(bytes, new SessionEvent());
        int position = at is null ? refusal.Position : message.IndexOf(at, StringComparison.Ordinal);
        Assert.Equal(new Refusal(reason, position, field), refusal);
        Assert.InRange(position, 0, bytes.Length);
    }

    [Fact]
    public void A_message_over_the_limit_is_refused_unread_and_one_at_the_limit_is_not()
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(Head + "RT_FLOW_SESSION_DENY [a@1 " + Flow + "] ")];
        byte[] longest = [.. message, .. Enumerable.Repeat((byte)'x', ParserLimits.MaxMessageBytes - message.Length)];
        Assert.True(SyslogParser.Parse(longest, new SessionEvent()).Accepted);
        Refusal refusal = SyslogParser.Parse([.. longest, (byte)'x'], new SessionEvent());
        Assert.Equal(new Refusal(RefusalReason.TooLong, ParserLimits.MaxMessageBytes), refusal);
        Assert.False(FlowKey.TryWrite([.. longest, (byte)'x'], new byte[FlowKey.MaxBytes], out _));
    }

    [Fact]
    public void Every_reason_is_reached_by_a_case_of_this_class()
    {
        IEnumerable<RefusalReason> reached = Cases().Select(row => (RefusalReason)row[1])
            .Append(RefusalReason.None).Append(RefusalReason.TooLong)
            // A bad time in a log leaves the field absent; only a device's listing is refused for it.
            .Append(RefusalReason.BadTime);
        Assert.Equal(Enum.GetValues<RefusalReason>(), reached.Distinct().Order());
    }

    [Fact]
    public void Every_reason_has_a_code_of_its_own()
    {
        Assert.Equal("bad-timestamp", RefusalReason.BadTimestamp.Code());
        Assert.Distinct(Enum.GetValues<RefusalReason>().Select(reason => reason.Code()));
    }

    [Fact]
    public void A_position_counts_from_the_byte_order_mark_on()
    {
        Refusal refusal = SyslogParser.Parse([0xEF, 0xBB, 0xBF, .. "<14>1 x"u8], new SessionEvent());
        Assert.Equal(new Refusal(RefusalReason.BadTimestamp, 9), refusal);
    }

    private static string Many(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"k{i}=\"v\""));
}
