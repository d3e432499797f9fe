using FlowStream.Tidy.Tests.Rules;

namespace FlowStream.Tidy.Tests;

/// <summary>The house rules on C# source, run over the repository.</summary>
public sealed class SourceRulesTests
{
    private static readonly ISourceRule[] Rules =
    [
        new ClockRule(), new FileLengthRule(), new FileScopedNamespaceRule(), new LineLengthRule(), new MethodLengthRule(),
        new NoSleepInTestsRule(), new NoStubRule(), new NoSwallowedExceptionRule(), new OneTypePerFileRule(), new ParsesRule(),
        new PureProjectRule(), new SealedClassRule(), new TypeNameRule(),
    ];

    public static TheoryData<string> RuleNames => [.. Rules.Select(rule => rule.GetType().Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_source_keeps(string rule)
    {
        Finding[] findings = [.. Rules.Single(one => one.GetType().Name == rule).Check(Repository.Sources)];
        Assert.True(findings.Length == 0, string.Join('\n', findings.Select(finding => finding.ToString())));
    }

    [Fact]
    public void Every_rule_there_is_runs_here()
    {
        IEnumerable<string> written =
            from type in typeof(ISourceRule).Assembly.GetTypes()
            where type.IsClass && type.IsAssignableTo(typeof(ISourceRule))
            select type.Name;
        Assert.Equal(written.Order(), Rules.Select(rule => rule.GetType().Name).Order());
    }

    [Fact]
    public void The_source_is_found() =>
        Assert.Contains(Repository.Sources, file => file.Path == "tests/FlowStream.Tidy.Tests/SourceRulesTests.cs");
}
