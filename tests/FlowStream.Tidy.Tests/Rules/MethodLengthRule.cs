using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>No method, constructor, accessor, operator or local function is longer than 70 lines.</summary>
public sealed class MethodLengthRule : ISourceRule
{
    public const int MaxLines = 70;

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        from node in file.Root.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = SourceFile.LineCountOf(node)
        where lines > MaxLines
        select file.Finding(node, $"{lines} lines; at most {MaxLines}: a step of it has a name of its own");
}
