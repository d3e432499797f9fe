using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowStream.Tidy.Tests.Rules;

/// <summary>Parsing, joining and adding up know no clock, no file, no network, no console and no thread: bytes in, records out.</summary>
public sealed class PureProjectRule : ISourceRule
{
    private static readonly string[] PureFolders =
        ["schemas/FlowStream.Schemas/", "topology/FlowStream.Parsing/", "topology/FlowStream.Sessions/", "topology/FlowStream.Bandwidth/"];

    private static readonly HashSet<string> Effects =
    [
        nameof(File), nameof(Directory), nameof(FileStream), "Socket", "UdpClient", "TcpClient", "HttpClient",
        nameof(Console), nameof(Environment), nameof(Thread), nameof(TimeProvider), "Stopwatch", nameof(Random), "Process",
    ];

    public IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where PureFolders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))
        from name in file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
        where Effects.Contains(name.Identifier.Text) && IsUse(name)
        select file.Finding(name, $"{name.Identifier.Text} in a pure project: the caller does that and passes the result in");

    // The type itself: called on, created, or named as a type; not a member or argument that happens to be called the same.
    private static bool IsUse(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        ObjectCreationExpressionSyntax or ParameterSyntax or VariableDeclarationSyntax => true,
        PropertyDeclarationSyntax property => property.Type == name,
        _ => false,
    };
}
