using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>
/// Tests do not sleep: they advance a fake clock, or wait for the thing itself (<c>Eventually</c> where it is another process).
/// </summary>
public sealed class NoSleepInTestsRule : ISourceRule
{
    private static readonly HashSet<string> Sleeps = ["Thread.Sleep", "Task.Delay"];

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsTest
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let name = $"{access.Expression.ToString().Split('.')[^1]}.{access.Name}"
        where Sleeps.Contains(name)
        select file.Finding(access, $"{name}: wait for the thing itself, or advance a FakeTimeProvider");
}
