using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests;

/// <summary>A parsed C# file.</summary>
public sealed class SourceFile
{
    // Preview, so that the newest syntax the compiler takes is read too.
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    public SourceFile(string path, string text)
    {
        Path = path;
        Lines = text.TrimEnd('\n').Split('\n');
        Root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, Options).GetRoot();
    }

    /// <summary>Relative to the repository, with slashes.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>Whether it belongs to the tests rather than to the product.</summary>
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The line on which the node begins, from 1.</summary>
    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>How many lines the node takes, without the comments before it.</summary>
    public static int LineCountOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>A finding at the node's first line.</summary>
    public Finding Finding(SyntaxNode node, string message) => new(Path, LineOf(node), message);
}
