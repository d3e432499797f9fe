using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>What is not built is absent: no NotImplementedException, no notes about work left, no regions to hide it in.</summary>
public sealed class NoStubRule : ISourceRule
{
    // Put together here, so that this file does not break its own rule.
    private static readonly string[] Notes = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "XX" + "X:"];

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            foreach (SimpleNameSyntax name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.Text == nameof(NotImplementedException) && name.Parent is ObjectCreationExpressionSyntax)
                    yield return file.Finding(name, "a stub: build it or leave it out");
            }

            foreach (SyntaxTrivia trivia in file.Root.DescendantTrivia(descendIntoTrivia: true))
            {
                bool leftover = Notes.Any(note => trivia.ToString().Contains(note, StringComparison.Ordinal));
                int line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                if (leftover || trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
                    yield return new Finding(file.Path, line, "a note about work left, or a region");
            }
        }
    }
}
