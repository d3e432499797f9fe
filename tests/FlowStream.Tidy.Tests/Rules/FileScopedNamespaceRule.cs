using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>Types stand in a file-scoped namespace that begins with FlowStream; only a program's top-level statements have none.</summary>
public sealed class FileScopedNamespaceRule : ISourceRule
{
    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            foreach (NamespaceDeclarationSyntax block in file.Root.DescendantNodes().OfType<NamespaceDeclarationSyntax>())
                yield return file.Finding(block, "a namespace with braces: end its line with a semicolon");
            foreach (BaseTypeDeclarationSyntax type in file.Root.Members.OfType<BaseTypeDeclarationSyntax>())
                yield return file.Finding(type, $"{type.Identifier.Text} has no namespace");
            foreach (FileScopedNamespaceDeclarationSyntax scoped in file.Root.Members.OfType<FileScopedNamespaceDeclarationSyntax>())
            {
                if (!scoped.Name.ToString().StartsWith("FlowStream", StringComparison.Ordinal))
                    yield return file.Finding(scoped, $"namespace {scoped.Name}: namespaces begin with FlowStream");
            }
        }
    }
}
