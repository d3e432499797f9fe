using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>
/// A file holds one type and carries its name (<c>Name.cs</c>, or <c>Name.Part.cs</c> for a part of it). A type inside another type
/// stays small, or gets a file.
/// </summary>
public sealed class OneTypePerFileRule : ISourceRule
{
    public const int MaxNestedLines = 70;

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) => files.SelectMany(Check);

    private static IEnumerable<Finding> Check(SourceFile file)
    {
        MemberDeclarationSyntax[] types = [.. file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(IsType)];
        MemberDeclarationSyntax[] outer = [.. types.Where(type => type.Parent is not TypeDeclarationSyntax)];
        string[] names = [.. outer.Select(NameOf).Distinct()];
        if (names.Length > 1)
            yield return file.Finding(
                outer.First(type => NameOf(type) == names[1]), $"{string.Join(", ", names)} in one file: one type per file");
        string fileName = Path.GetFileName(file.Path).Split('.')[0];
        if (names.Length == 1 && names[0] != fileName)
            yield return file.Finding(outer[0], $"{names[0]} stands in {fileName}.cs: the file carries the type's name");
        foreach (MemberDeclarationSyntax nested in types.Except(outer).Where(type => SourceFile.LineCountOf(type) > MaxNestedLines))
            yield return file.Finding(nested, $"the nested type {NameOf(nested)} is longer than {MaxNestedLines} lines: give it a file");
    }

    private static bool IsType(MemberDeclarationSyntax member) => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is DelegateDeclarationSyntax named ? named.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text;
}
