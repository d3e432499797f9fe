using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Documents;

/// <summary>The subcommands that the code defines and those that the README's table names.</summary>
public static partial class CommandTable
{
    /// <summary>The names given to <c>new Command("name", ...)</c> in the command's source.</summary>
    public static IEnumerable<string> Defined(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("cli/", StringComparison.Ordinal)
        from creation in file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where creation.Type.ToString() == "Command"
        let name = creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax
        where name is not null
        select name.Token.ValueText;

    /// <summary>The names in table rows that begin with <c>| `flowstream name`</c>.</summary>
    public static IEnumerable<string> Listed(string markdown) =>
        Row().Matches(markdown).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\| `flowstream (?<name>[\w-]+)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
