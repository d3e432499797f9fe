using System.Text;

namespace FlowStream.EndToEnd.Tests;

/// <summary>What the command says to people: help that teaches, errors that say what to do, exit codes.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Commands =>
        new("up", "produce", "topology", "broker", "replay", "simulate", "analyze", "parse", "sessions", "reconcile", "tail");

    [Fact]
    public void Help_names_every_command_and_what_is_not_in_this_version()
    {
        string help = FlowStreamProcess.Run(0, "--help");

        foreach (string command in Commands) Assert.Contains($"\n  {command} ", help, StringComparison.Ordinal);
        Assert.Contains("Not in this version", help, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help_with_an_example_and_every_option_explained(string command)
    {
        string help = FlowStreamProcess.Run(0, command, "--help");

        Assert.Contains("flowstream ", help, StringComparison.Ordinal);
        Assert.Contains("Usage:", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("replay")]
    [InlineData("replay FILE --rate 0")]
    [InlineData("produce --listen http://127.0.0.1:1")]
    [InlineData("topology --stages sessions,nonsense")]
    [InlineData("topology --threads many")]
    [InlineData("broker --listen nowhere")]
    [InlineData("simulate --seed 1 --sessions 1")]
    [InlineData("analyze FILE --format xml")]
    [InlineData("topology --http nowhere")]
    [InlineData("sessions --source-prefix 10/99")]
    [InlineData("sessions --protocol 256")]
    [InlineData("sessions --limit 0")]
    [InlineData("sessions --format xml")]
    [InlineData("reconcile")]
    [InlineData("reconcile --show FILE --tolerance 101")]
    [InlineData("reconcile --show FILE --taken yesterday")]
    public void A_wrong_command_line_exits_with_2_and_one_line_that_names_the_help(string arguments)
    {
        (string output, string errors) =
            FlowStreamProcess.RunWithInput(2, null, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal("", output);
        Assert.Contains("--help", Assert.Single(Lines(errors)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parse /nonexistent/file", "/nonexistent/file")]
    [InlineData("analyze /nonexistent/file", "/nonexistent/file")]
    [InlineData("simulate --seed 1 --sessions 1 --out /nonexistent/file", "/nonexistent/file")]
    [InlineData("simulate --seed 1 --sessions 1 --out - --devices 0", "devices")]
    [InlineData("broker --data /proc/nowhere", "/proc/nowhere")]
    [InlineData("broker --listen 192.0.2.1:9092", "192.0.2.1:9092")]
    [InlineData("replay /dev/null --bootstrap 127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("tail flow.raw.v1 --bootstrap 127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("topology --http 192.0.2.1:8080", "--http")]
    [InlineData("sessions --bootstrap 127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("reconcile --show /nonexistent/file", "/nonexistent/file")]
    [InlineData("reconcile --show /dev/null", "no session listing")]
    public void A_failure_exits_with_1_and_one_line_that_names_it(string arguments, string named)
    {
        (_, string errors) = FlowStreamProcess.RunWithInput(1, null, arguments.Split(' '));

        Assert.Contains(named, Assert.Single(Lines(errors)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FLOWSTREAM__SESSIONS__SETTLETIM", "00:00:05", "SETTLETIM")]
    [InlineData("FLOWSTREAM__SESSIONS__SETTLETIME", "soon", "SETTLETIME")]
    [InlineData("FLOWSTREAM__SESSIONS__SETTLETIME", "-00:00:05", "SettleTime")]
    [InlineData("FLOWSTREAM__NONSENSE", "1", "NONSENSE")]
    public void An_unknown_setting_or_a_bad_value_stops_the_start_with_one_line_that_names_it(string name, string value, string named)
    {
        (_, string errors) = FlowStreamProcess.RunWithInput(
            1, [], new Dictionary<string, string> { [name] = value }, "analyze", "-");

        Assert.Contains(named, Assert.Single(Lines(errors)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("analyze -")]
    [InlineData("parse - --stats")]
    [InlineData("analyze --help")]
    public void A_pipe_gets_plain_text_even_where_a_terminal_is_promised(string arguments)
    {
        // Each of these makes the library that draws tables take any output for a terminal with colours.
        var promises = new Dictionary<string, string>
        {
            ["TERM"] = "xterm-256color", ["COLORTERM"] = "truecolor", ["GITHUB_ACTIONS"] = "true", ["CI"] = "true",
        };
        // A session, so that there are bytes to chart.
        string input =
            """
            <14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.129 reason="TCP FIN" \
            source-address="192.0.2.1" source-port="50000" destination-address="198.51.100.1" destination-port="443" \
            service-name="junos-https" protocol-id="6" policy-name="web" source-zone-name="trust" destination-zone-name="untrust" \
            session-id-32="7" packets-from-client="5" bytes-from-client="500" packets-from-server="4" bytes-from-server="400" \
            elapsed-time="2" application="SSL"]
            garbage

            """;
        byte[] lines = Encoding.UTF8.GetBytes(input.Replace("\\\n", "", StringComparison.Ordinal));
        (string output, string errors) = FlowStreamProcess.RunWithInput(0, lines, promises, arguments.Split(' '));

        Assert.NotEmpty(output);
        Assert.DoesNotContain('\u001b', output + errors);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
