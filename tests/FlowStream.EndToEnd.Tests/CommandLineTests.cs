namespace FlowStream.EndToEnd.Tests;

/// <summary>What the command says to people: help that teaches, errors that say what to do, exit codes.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Commands =>
        new("up", "produce", "topology", "broker", "replay", "simulate", "analyze", "parse", "tail");

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

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
