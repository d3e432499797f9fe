namespace FlowStream.EndToEnd.Tests;

/// <summary>simulate, then analyze: the whole way of a message without Kafka.</summary>
public sealed class AnalyzeTests
{
    [Fact]
    public void Analyze_gives_exactly_the_sessions_denials_and_bytes_per_minute_of_the_truth()
    {
        using var file = new SimulatedFile(seed: 7, sessions: 20_000);

        string output = FlowStreamProcess.Run(0, "analyze", file.Log, "--format", "json");

        SortedDictionary<string, string> held = TruthFile.Held(Lines(output));
        Assert.InRange(file.Expected.Count, 20_000, int.MaxValue);
        TruthFile.AssertEqual(file.Expected, held);
    }

    [Fact]
    public void Analyze_gives_exactly_the_sessions_of_panos_devices_and_of_sessions_that_change()
    {
        using var file = new SimulatedFile(seed: 11, sessions: 6_000, devices: 8, panos: "3", changes: "0.5");

        string output = FlowStreamProcess.Run(0, "analyze", file.Log, "--format", "json");

        Assert.Contains("\"device_vendor\":\"paloalto\"", output, StringComparison.Ordinal);
        Assert.Contains("\"routes\":[{", output, StringComparison.Ordinal);
        TruthFile.AssertEqual(file.Expected, TruthFile.Held(Lines(output)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_gives_others()
    {
        using var first = new SimulatedFile(seed: 7, sessions: 2_000);
        using var second = new SimulatedFile(seed: 7, sessions: 2_000);
        using var other = new SimulatedFile(seed: 8, sessions: 2_000);

        Assert.Equal(File.ReadAllBytes(first.Log), File.ReadAllBytes(second.Log));
        Assert.Equal(File.ReadAllBytes(first.Truth), File.ReadAllBytes(second.Truth));
        Assert.NotEqual(File.ReadAllBytes(first.Log), File.ReadAllBytes(other.Log));
    }

    [Fact]
    public void A_line_that_is_lost_on_the_way_shows_as_a_difference()
    {
        using var file = new SimulatedFile(seed: 9, sessions: 200);
        string[] lines = File.ReadAllLines(file.Log);
        int close = Array.FindIndex(lines, line => line.Contains("RT_FLOW_SESSION_CLOSE", StringComparison.Ordinal));
        File.WriteAllLines(file.Log, lines.Where((_, index) => index != close));

        string output = FlowStreamProcess.Run(0, "analyze", file.Log, "--format", "json");

        Assert.NotEqual("", TruthFile.Differences(file.Expected, TruthFile.Held(Lines(output))));
    }

    [Fact]
    public void A_record_that_is_there_twice_is_found()
    {
        using var file = new SimulatedFile(seed: 9, sessions: 20);
        List<string> lines = [.. Lines(FlowStreamProcess.Run(0, "analyze", file.Log, "--format", "json"))];

        lines.Add(lines.First(line => line.Contains("\"flow.sessions.v1\"", StringComparison.Ordinal)));

        Assert.Throws<InvalidDataException>(() => TruthFile.Held(lines));
    }

    [Fact]
    public void Lines_that_cannot_be_read_come_out_as_dead_letters_with_reason_place_and_text()
    {
        byte[] input = "garbage \u00e9\n<14>1 no time\n"u8.ToArray();
        (string output, _) = FlowStreamProcess.RunWithInput(0, input, "analyze", "-", "--format", "json");

        List<string> letters = [.. Lines(output)];
        Assert.Equal(2, letters.Count);
        Assert.All(letters, letter => Assert.Contains("\"topic\":\"flow.deadletter.v1\"", letter, StringComparison.Ordinal));
        Assert.Contains("\"reason\":\"no-syslog-header\"", letters[0], StringComparison.Ordinal);
        Assert.Contains("\"raw\":\"garbage \u00e9\"", letters[0], StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"bad-timestamp\",\"detail\":\"byte ", letters[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_for_people_says_how_many_of_what()
    {
        using var file = new SimulatedFile(seed: 3, sessions: 500);

        string output = FlowStreamProcess.Run(0, "analyze", file.Log);

        int sessions = file.Expected.Keys.Count(key => key.StartsWith("flow.sessions.v1", StringComparison.Ordinal));
        Assert.Contains($"{sessions} sessions", output, StringComparison.Ordinal);
        Assert.Contains("bytes by application", output, StringComparison.Ordinal);
        Assert.Contains("creates lost", output, StringComparison.Ordinal);
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
