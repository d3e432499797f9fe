using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>No type is named for being useful: a name says what the thing is.</summary>
public sealed class TypeNameRule : ISourceRule
{
    private static readonly string[] Banned = ["Util", "Helper", "Manager"];

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        from word in Banned
        where type.Identifier.Text.Contains(word, StringComparison.Ordinal)
        select file.Finding(type, $"{type.Identifier.Text}: \"{word}\" says nothing about what it is");
}
