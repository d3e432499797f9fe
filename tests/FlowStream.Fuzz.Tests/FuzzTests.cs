using FlowStream.Fuzz.Tests.Campaign;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Fuzz.Tests.Targets;
using Xunit.Abstractions;

namespace FlowStream.Fuzz.Tests;

/// <summary>
/// Every target, on changed inputs for a moment, which shows that the targets work and finds only what is easily found. <c>make fuzz</c>
/// runs them for longer; see <see cref="FuzzCampaign"/>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3), FormatMoment = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Targets => [.. AllTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Whatever_bytes_come_the_target_does_what_it_owes(string name)
    {
        using IFuzzTarget target = AllTargets.Make(name);
        Assert.Equal(name, target.Name);
        FuzzOutcome outcome = new Fuzzer(CrashFiles.Folder(), TimeProvider.System)
            .Run(target, FuzzOptions.IsFormat(name) ? FormatMoment : Moment);
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
