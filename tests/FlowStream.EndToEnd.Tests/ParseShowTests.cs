using System.Text;
using System.Text.Json.Nodes;

namespace FlowStream.EndToEnd.Tests;

public sealed class ParseShowTests
{
    private const string Listing =
        """
        admin@fw1> show security flow session
        Session ID: 41, Policy name: permit-web/5, Timeout: 1798, Valid
          In: 192.0.2.16/57166 --> 198.51.100.4/443;tcp, Conn Tag: 0x0, If: ge-0/0/0.0, Pkts: 30, Bytes: 1320,
          Out: 198.51.100.4/443 --> 203.0.113.4/28363;tcp, Conn Tag: 0x0, If: ge-0/0/1.0, Pkts: 20, Bytes: 112000,
        Session ID: 42, Policy name: permit-web/5, Timeout: 1798, Valid
          In: 192.0.2.16/57166 --> 198.51.100.xx/443;tcp, If: ge-0/0/0.0, Pkts: 1, Bytes: 40
        Total sessions: 2
        the end

        """;

    [Fact]
    public void A_listing_becomes_JSON_lines_and_what_was_not_understood_is_shown_and_counted()
    {
        (string output, string errors) = FlowStreamProcess.RunWithInput(0, Encoding.UTF8.GetBytes(Listing), "parse-show", "-");
        JsonNode[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["session", "refused", "total", "unread"], lines.Select(line => (string?)line["kind"]));
        Assert.Equal("fw1", (string?)lines[0]["device_host"]);
        Assert.Equal(41, (long)lines[0]["session_id"]!);
        Assert.Equal("source", (string?)lines[0]["nat"]);
        Assert.Equal("203.0.113.4", (string?)lines[0]["nat_source_address"]);
        Assert.Equal(112_000, (long)lines[0]["bytes_from_server"]!);
        Assert.Equal("bad-address", (string?)lines[1]["reason"]);
        Assert.Equal((2, 1), ((long)lines[2]["stated"]!, (long)lines[2]["read"]!));
        Assert.Equal("the end", (string?)lines[3]["text"]);
        Assert.Equal("1 sessions, 1 refused, 1 lines of no listing", errors.Trim());
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_line_on_stderr()
    {
        (string output, string errors) = FlowStreamProcess.RunWithInput(1, null, "parse-show", "/nonexistent");
        Assert.Empty(output);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_help_says_which_listings_are_understood_and_shows_an_example()
    {
        string help = FlowStreamProcess.Run(0, "parse-show", "--help");
        string[] all = ["show security flow session", "show session all", "show session id", "show log traffic", "Example:"];
        Assert.All(all, said => Assert.Contains(said, help, StringComparison.Ordinal));
    }
}
