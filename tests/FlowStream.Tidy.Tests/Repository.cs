namespace FlowStream.Tidy.Tests;

/// <summary>The working tree that these tests were built from.</summary>
public static class Repository
{
    private static readonly string[] SourceFolders = ["bench", "broker", "cli", "producers", "schemas", "tests", "topology"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file that people write, parsed once for all rules.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = [.. FilesNamed("*.cs").Select(path => new SourceFile(path, Read(path)))];

    /// <summary>The files below the source folders with such a name, relative to the root, without what a build made.</summary>
    public static IEnumerable<string> FilesNamed(string pattern) =>
        SourceFolders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    /// <summary>The text of a file, its path relative to the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FlowStream.sln")))
                return folder;
        }

        throw new InvalidOperationException($"no FlowStream.sln above {AppContext.BaseDirectory}");
    }
}
