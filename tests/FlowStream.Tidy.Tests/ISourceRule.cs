namespace FlowStream.Tidy.Tests;

/// <summary>A rule on C# source. Rules see all files at once, because parts of a type may stand in several.</summary>
public interface ISourceRule
{
    /// <summary>Every place that breaks the rule.</summary>
    IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files);
}
