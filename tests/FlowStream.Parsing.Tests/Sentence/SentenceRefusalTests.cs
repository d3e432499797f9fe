using System.Text;

namespace FlowStream.Parsing.Tests.Sentence;

public sealed class SentenceRefusalTests
{
    private const string Head = "192.0.2.3/1024->198.51.100.1/80 None ";
    private const string Nat = "192.0.2.3/1024->198.51.100.1/80 ";
    private const string Close =
        "RT_FLOW_SESSION_CLOSE: session closed TCP FIN: " + Head + Nat + "None None 6 p trust untrust 7 1(2) 3(4) 5";

    private const string Create = "RT_FLOW_SESSION_CREATE: session created " + Head + Nat;
    private const string Update = "APPTRACK_SESSION_VOL_UPDATE: AppTrack volume update: " + Head + "A B " + Nat
        + "N/A N/A 6 p trust untrust 7 1(2) 3(4) 5 N/A N/A No ge-0/0/1.0";

    // A tilde stands before the word that is refused.
    [Theory]
    [InlineData("RT_FLOW_SESSION_CLOSE: ~session opened " + Head)]
    [InlineData("RT_FLOW_SESSION_CLOSE: session closed ~TCP FIN " + Head + Nat)]
    [InlineData("RT_FLOW_SESSION_CREATE: session created ~192.0.2.3 None")]
    [InlineData("RT_FLOW_SESSION_CREATE: session created " + Head + "~None None 6 p trust untrust 7")]
    [InlineData(Create + "~r1 6 p trust untrust 7")]
    [InlineData(Create + "~None None 6 p trust untrust")]
    [InlineData("RT_FLOW_SESSION_DENY: session denied " + Head + "~6 p trust untrust")]
    [InlineData(Close + " UNKNOWN UNKNOWN ~kim ge-0/0/1.0 No")]
    [InlineData(Close + " UNKNOWN UNKNOWN N/A(N/A) ge-0/0/1.0 No Web N/A ~high N/A")]
    [InlineData(Close + " UNKNOWN UNKNOWN N/A(N/A) ge-0/0/1.0 No Web N/A 4 ~New Phrase of a later release")]
    [InlineData(Create + "None None 6 p trust untrust 7 N/A(N/A) ge-0/0/1.0 UNKNOWN UNKNOWN No N/A N/A -1 N/A N/A N/A Off root"
        + " N/A N/A c r 1 2 N/A N/A N/A ~new")]
    [InlineData(Update + " ~vpn-A vpn-B")]
    [InlineData(Update + " ~Storage N/A")]
    [InlineData("RT_FLOW_NEXTHOP_CHANGE: ~next hop changed " + Head)]
    public void What_no_release_prints_or_several_might_is_refused_where_it_begins(string marked)
    {
        int at = marked.IndexOf('~', StringComparison.Ordinal);
        Refusal refusal = SyslogParser.Parse(Encoding.ASCII.GetBytes(marked.Remove(at, 1)), new SessionEvent());
        Assert.Equal(new Refusal(RefusalReason.MalformedSentence, at), refusal);
    }

    [Theory]
    [InlineData("192.0.2.3/~65536->198.51.100.1/80", RefusalReason.BadNumber)]
    [InlineData("~192.0.2.300/1->198.51.100.1/80", RefusalReason.BadAddress)]
    [InlineData("192.0.2.3/1->~198.51.100.1", RefusalReason.MalformedSentence)]
    public void A_value_that_is_none_is_refused_as_in_structured_messages(string flow, RefusalReason reason)
    {
        string marked = "RT_FLOW_SESSION_CREATE: session created " + flow + " None " + Nat + "None None 6 p a b 7";
        int at = marked.IndexOf('~', StringComparison.Ordinal);
        Refusal refusal = SyslogParser.Parse(Encoding.ASCII.GetBytes(marked.Remove(at, 1)), new SessionEvent());
        Assert.Equal((reason, at), (refusal.Reason, refusal.Position));
    }

    [Fact]
    public void A_run_of_blanks_without_a_value_in_it_is_read_and_counted()
    {
        var sessionEvent = new SessionEvent();
        string padded = (Close + " UNKNOWN UNKNOWN N/A(N/A) ge-0/0/1.0 No").Replace(" untrust", "    untrust", StringComparison.Ordinal);
        Assert.True(SyslogParser.Parse(Encoding.ASCII.GetBytes(padded), sessionEvent).Accepted);
        Assert.Equal("untrust"u8, sessionEvent.Text(Field.DestinationZoneName));
        Assert.Equal(Repair.StrayBlanks, sessionEvent.Repairs & Repair.StrayBlanks);
    }

    public static TheoryData<string, string> Worst()
    {
        var cases = new TheoryData<string, string>();
        string[] starts =
        [
            "RT_FLOW_SESSION_CLOSE: session closed ", Close + " ", Close + " A B ", Update + " ", Create,
            Close + " A B N/A(N/A) if No C S 4 ",
        ];
        string[] pieces =
        [
            " ", "a ", ") ", "(", ")", "a(b) ", "x: ", "; ", "a;", "\n ", "-> ", "0x1 ", "1(2) ", "Evasive;", "Evasive; ", "N/A ",
            "custom application ", "\"a ",
        ];
        foreach (string start in starts)
        {
            foreach (string piece in pieces) cases.Add(start, piece);
        }
        return cases;
    }

    // A quadratic step over 64 KiB takes seconds; a linear one less than a millisecond, and more on a busy machine.
    [Theory]
    [MemberData(nameof(Worst))]
    public void The_worst_message_of_64_KiB_is_soon_read(string start, string piece)
    {
        var text = new StringBuilder(start);
        while (text.Length + piece.Length < ParserLimits.MaxMessageBytes) text.Append(piece);
        byte[] message = Encoding.ASCII.GetBytes(text.Append('x').ToString());
        var sessionEvent = new SessionEvent();
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long begin = TimeProvider.System.GetTimestamp();
            SyslogParser.Parse(message, sessionEvent);
            TimeSpan taken = TimeProvider.System.GetElapsedTime(begin);
            if (taken < best) best = taken;
        }
        Assert.True(best < TimeSpan.FromMilliseconds(250), $"{best.TotalMilliseconds} ms");
    }
}
