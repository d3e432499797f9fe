using Microsoft.CodeAnalysis;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>Every file is understood by the parser used here; one that is not would pass the other rules unseen.</summary>
public sealed class ParsesRule : ISourceRule
{
    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        from diagnostic in file.Root.GetDiagnostics()
        where diagnostic.Severity == DiagnosticSeverity.Error
        select new Finding(file.Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1, diagnostic.GetMessage(null));
}
