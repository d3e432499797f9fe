namespace FlowStream.Tidy.Tests.Documents;

public sealed class DocumentPathsTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_a_document_names_exists(string document)
    {
        Finding[] missing = [.. DocumentPaths.Missing(document, Repository.Read(document), Exists)];
        Assert.True(missing.Length == 0, string.Join('\n', missing.Select(finding => finding.ToString())));

        static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));
    }

    [Theory]
    [InlineData("see `topology/Gone.cs`", "topology/Gone.cs")]
    [InlineData("[it](gone.md)", "docs/gone.md")]
    [InlineData("[it](../GONE.md#part)", "GONE.md")]
    public void A_planted_path_that_does_not_exist_is_found(string line, string path)
    {
        Finding finding = Assert.Single(DocumentPaths.Missing("docs/a.md", $"first\n{line}\n", _ => false));
        Assert.Equal(new Finding("docs/a.md", 2, $"{path} does not exist"), finding);
    }

    [Theory]
    [InlineData("`flow.raw.v1` and `bin/flowstream` and `and/or`")]
    [InlineData("[elsewhere](https://example.com/gone)")]
    public void What_is_no_path_of_ours_is_left_alone(string line) =>
        Assert.Empty(DocumentPaths.Missing("docs/a.md", line, _ => false));
}
