using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>A catch that does nothing says in a comment why nothing is right.</summary>
public sealed class NoSwallowedExceptionRule : ISourceRule
{
    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        from caught in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        where caught.Block.Statements.Count == 0
        where !caught.Block.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        select file.Finding(caught, "an empty catch: handle it, or say in a comment why nothing is to be done");
}
