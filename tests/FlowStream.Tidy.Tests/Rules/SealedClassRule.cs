using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>Every class and record is sealed, static or abstract, in one of its parts at least; benchmark classes cannot be.</summary>
public sealed class SealedClassRule : ISourceRule
{
    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where IsClass(type) && !HoldsBenchmarks(type)
        group (File: file, Type: type) by FullNameOf(type) into parts
        where !parts.Any(part => part.Type.Modifiers.Any(IsClosed))
        select parts.First().File.Finding(parts.First().Type, $"{parts.Key} is open: seal it, or make it abstract or static");

    private static bool IsClass(TypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax
        || (type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword));

    // BenchmarkDotNet derives from the classes that it measures.
    private static bool HoldsBenchmarks(TypeDeclarationSyntax type) => type.Members
        .SelectMany(member => member.AttributeLists)
        .SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString() == "Benchmark");

    private static bool IsClosed(SyntaxToken modifier) =>
        modifier.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword;

    private static string FullNameOf(TypeDeclarationSyntax type)
    {
        IEnumerable<string> outer = type.Ancestors().Select(node => node switch
        {
            TypeDeclarationSyntax named => named.Identifier.Text,
            BaseNamespaceDeclarationSyntax named => named.Name.ToString(),
            _ => "",
        });
        return string.Join('.', outer.Reverse().Append(type.Identifier.Text + type.TypeParameterList).Where(name => name.Length > 0));
    }
}
