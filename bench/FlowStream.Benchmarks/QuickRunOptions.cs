using System.Globalization;

namespace FlowStream.Benchmarks;

/// <summary>What <c>make bench</c> measures.</summary>
/// <param name="Records">Messages that go end to end, about: the simulator ends with the session that reaches it.</param>
/// <param name="Save">Whether the figures are kept in <c>bench/</c>.</param>
/// <param name="Scope">How much is measured; <c>bench/README.md</c> shows whole runs only.</param>
public sealed record QuickRunOptions(long Records, bool Save, BenchmarkScope Scope)
{
    /// <summary>How they are given.</summary>
    public const string Usage =
        "[--records N] [--parsing | --stages | --sessions | --windows | --spikes] [--no-save], or --filter PATTERN for BenchmarkDotNet";

    // Half a dozen seconds at the rate to reach: what the start costs shows little, and the whole run takes a minute.
    private const long StandardRecords = 300_000;

    /// <summary>The arguments that repeat the run.</summary>
    public string Text => Scope switch
    {
        BenchmarkScope.Parsing => "--parsing",
        BenchmarkScope.Stages => "--stages",
        BenchmarkScope.Sessions => "--sessions",
        BenchmarkScope.Windows => "--windows",
        BenchmarkScope.Spikes => "--spikes",
        _ => string.Create(CultureInfo.InvariantCulture, $"--records {Records}"),
    };

    /// <summary>Reads arguments; null when they make no sense.</summary>
    public static QuickRunOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new QuickRunOptions(StandardRecords, Save: true, BenchmarkScope.All);
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--no-save")
                options = options with { Save = false };
            else if (arguments[i] == "--parsing")
                options = options with { Scope = BenchmarkScope.Parsing };
            else if (arguments[i] == "--stages")
                options = options with { Scope = BenchmarkScope.Stages };
            else if (arguments[i] == "--sessions")
                options = options with { Scope = BenchmarkScope.Sessions };
            else if (arguments[i] == "--windows")
                options = options with { Scope = BenchmarkScope.Windows };
            else if (arguments[i] == "--spikes")
                options = options with { Scope = BenchmarkScope.Spikes };
            else if (arguments[i] == "--records" && i + 1 < arguments.Count
                && long.TryParse(arguments[++i], NumberStyles.None, CultureInfo.InvariantCulture, out long records) && records > 0)
                options = options with { Records = records };
            else
                return null;
        }
        return options;
    }
}
