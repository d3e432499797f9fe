using System.Text;
using FlowStream.Parsing.DeviceText;

namespace FlowStream.Parsing.Tests.DeviceText;

public sealed class DeviceTextReaderTests
{
    private const string Junos =
        "Session ID: 1, Policy name: p/1, Timeout: 10, Valid\n  In: 192.0.2.1/1 --> 198.51.100.1/2;tcp, If: a, Pkts: 1, Bytes: 1\n";

    [Theory]
    [InlineData("user@host> ")]
    [InlineData("user@host> show security flow session")]
    [InlineData("{primary:node0}")]
    [InlineData("fw-1> show session all filter source 192.0.2.1")]
    [InlineData("root@fw# run show security flow session | no-more")]
    [InlineData("root@fw%")]
    [InlineData("show session id 4")]
    [InlineData("--------------------------------")]
    [InlineData("==================")]
    [InlineData("ID          Application    State   Type Flag  Src[Sport]/Zone/Proto (translated IP[Port])")]
    [InlineData("                    Src User        Dst User        Session Info")]
    [InlineData("---(more)---")]
    [InlineData("```text")]
    [InlineData("\u00A0\t ")]
    public void What_stands_around_listings_is_not_shown(string line) => Assert.Empty(Read(line + "\n").Text);

    [Theory]
    [InlineData("Below is an example output from the > show session id command:")]
    [InlineData("> and so he said")]
    [InlineData("a@b>c is not a prompt")]
    [InlineData("Session timeout")]
    [InlineData("Session ID - Identifies the session")]
    [InlineData("node")]
    [InlineData("nodex:")]
    [InlineData("Total sessions: many")]
    [InlineData(" sessions displayed")]
    [InlineData("2026/05/01 08:28:10")]
    [InlineData("2026/13/01 08:28:10 ssl trust 1 192.0.2.1")]
    [InlineData("12 ssl ACTIVE NOTYPE 192.0.2.1[1]/trust/6 (192.0.2.1[1])")]
    public void Any_other_line_is_shown_as_unread(string line) =>
        Assert.Equal(["""{"kind":"unread","line":1,"text":""" + '"' + line + "\"}"], Read(line + "\n").Text);

    [Fact]
    public void A_sentence_with_a_colon_is_no_key_of_the_session_before_it()
    {
        ListingLines read = Read(
            Junos + "The following command lists all the sessions:\nIt is much too long for a key of any listing known, so: it is none\n");
        Assert.Equal(3, read.Text.Count);
        Assert.Empty(Assert.Single(read.Sessions).Extras.Keys.Except(["policy_index"]));
    }

    [Fact]
    public void A_line_that_is_too_long_is_refused_and_the_session_around_it_is_read()
    {
        string tooLong = new('x', DeviceTextLimits.MaxLineBytes + 1);
        ListingLines read = Read($"{Junos}{tooLong}\n  Out: 198.51.100.1/2 --> 192.0.2.1/1;tcp\n");
        Assert.Equal("""{"kind":"refused","line":3,"reason":"too-long","detail":"line 3"}""", read.Text[0]);
        Assert.Equal("none", Assert.Single(read.Sessions).Nat);
        Assert.StartsWith("""{"kind":"unread","line":1,""", Read(tooLong[1..]).Text[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_of_endless_keys_is_refused_and_takes_bounded_memory()
    {
        string keys = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"key {i}: value\n"));
        ListingLines read = Read(Junos + keys + Junos);
        Assert.StartsWith("""{"kind":"refused","line":1,"reason":"too-many-parameters",""", read.Text[0], StringComparison.Ordinal);
        Assert.Single(read.Sessions);
    }

    [Fact]
    public void A_character_that_is_cut_in_two_does_not_stop_the_output()
    {
        string line = new string('x', DeviceTextLimits.MaxExcerptChars - 1) + "\U0001F525 and more";
        Assert.Single(Read(line).Text);
        Assert.Single(Read(Junos.Replace("192.0.2.1/1", line, StringComparison.Ordinal)).Text);
    }

    [Theory]
    [InlineData("Start time: 1767575093, Duration: 50", "2026-01-05T01:04:53.000Z", null)]
    [InlineData("Start time: 670184, Duration: 10", null, "670184")]
    [InlineData("Start time: 99999999999999999999", null, "99999999999999999999")]
    [InlineData("Start time: 253402300800", null, "253402300800")]
    public void A_start_time_since_the_system_started_is_not_taken_for_a_time(string line, string? time, string? extra)
    {
        DeviceSession session = Assert.Single(Read(Junos + line + "\n").Sessions);
        Assert.Equal(time, session.Time(DeviceField.StartTime) is { } start ? EventJson.Format(start) : null);
        Assert.Equal(extra, session.Extras.GetValueOrDefault("start_time"));
    }

    private static ListingLines Read(string text) => ListingLines.Of(Encoding.UTF8.GetBytes(text));
}
