using System.Globalization;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Fuzz.Tests.Targets;
using Xunit.Abstractions;

namespace FlowStream.Fuzz.Tests;

/// <summary>
/// Every target, on changed inputs for a while. How long is <c>FLOWSTREAM_FUZZ_SECONDS</c> for each; without it, as in <c>make test</c>,
/// a moment, which shows that the targets work and finds only what is easily found.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const string SecondsVariable = "FLOWSTREAM_FUZZ_SECONDS";
    private const double Moment = 0.3;

    public static TheoryData<string> Targets => [.. AllTargets.Names];

    private static TimeSpan Duration => TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable(SecondsVariable) is { Length: > 0 } seconds
            ? double.Parse(seconds, CultureInfo.InvariantCulture)
            : Moment);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Whatever_bytes_come_the_target_does_what_it_owes(string name)
    {
        using IFuzzTarget target = AllTargets.Make(name);
        Assert.Equal(name, target.Name);
        FuzzOutcome outcome = new Fuzzer(CrashFiles.Folder(), TimeProvider.System).Run(target, Duration);
        output.WriteLine($"{name}: {outcome.Runs} inputs, {outcome.Accepted} accepted, seed {outcome.Seed}");
        Assert.InRange(outcome.Accepted, 1, outcome.Runs);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Inputs_that_once_broke_a_target_do_so_no_more(string name)
    {
        using IFuzzTarget target = AllTargets.Make(name);
        foreach (string path in CrashFiles.Of(CrashFiles.Folder(), name)) Fuzzer.RunOne(target, File.ReadAllBytes(path));
    }

    [Fact]
    public void Kept_inputs_belong_to_targets_that_there_are() => Assert.Empty(
        Directory.Exists(CrashFiles.Folder())
            ? Directory.EnumerateDirectories(CrashFiles.Folder()).Select(Path.GetFileName).Except(AllTargets.Names)
            : []);
}
