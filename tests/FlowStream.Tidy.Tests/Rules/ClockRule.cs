using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>The time comes from a TimeProvider. Only benchmarks measure with a stopwatch.</summary>
public sealed class ClockRule : ISourceRule
{
    private static readonly HashSet<string> Clocks =
    [
        "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow",
        "Environment.TickCount", "Environment.TickCount64", "Stopwatch.StartNew", "Stopwatch.GetTimestamp",
    ];

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where !file.Path.StartsWith("bench/", StringComparison.Ordinal)
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let name = $"{access.Expression.ToString().Split('.')[^1]}.{access.Name}"
        where Clocks.Contains(name)
        select file.Finding(access, $"{name}: take a TimeProvider");
}
