namespace FlowStream.Testing;

/// <summary>A page of the documentation that is made from a table in the code: a test compares the two.</summary>
public static class GeneratedDocument
{
    /// <summary>The environment variable that, set to 1, writes the pages anew instead of failing where they are not current.</summary>
    public const string WriteVariable = "FLOWSTREAM_WRITE_DOCS";

    /// <summary>Fails where the page is not what the code makes of its table.</summary>
    /// <param name="path">The page, relative to the folder of the solution, such as <c>docs/fields.md</c>.</param>
    /// <param name="expected">What the page must hold.</param>
    /// <exception cref="InvalidOperationException">The page holds something else, or is missing.</exception>
    public static void Check(string path, string expected)
    {
        string file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1") File.WriteAllText(file, expected);
        if (!File.Exists(file) || File.ReadAllText(file) != expected)
            throw new InvalidOperationException($"{path} is not current: run this test with {WriteVariable}=1 and look at the difference.");
    }

    /// <summary>
    /// The same for a part of a page: what stands between the lines <c>&lt;!-- name: made by a test --&gt;</c> and
    /// <c>&lt;!-- end of name --&gt;</c>.
    /// </summary>
    /// <param name="path">The page.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="expected">What it must hold, ending with a line break.</param>
    /// <exception cref="InvalidOperationException">The part holds something else, or the page has no such part.</exception>
    public static void CheckPart(string path, string name, string expected)
    {
        string page = File.ReadAllText(Path.Combine(Root(), path));
        string head = $"<!-- {name}: made by a test -->\n", foot = $"<!-- end of {name} -->\n";
        int from = page.IndexOf(head, StringComparison.Ordinal) + head.Length, to = page.IndexOf(foot, StringComparison.Ordinal);
        if (from < head.Length || to < from) throw new InvalidOperationException($"{path} has no part {name}.");
        Check(path, page[..from] + expected + page[to..]);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FlowStream.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"No FlowStream.sln above {AppContext.BaseDirectory}.");
    }
}
