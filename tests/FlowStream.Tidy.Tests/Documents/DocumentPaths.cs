using System.Text.RegularExpressions;

namespace FlowStream.Tidy.Tests.Documents;

/// <summary>The paths that a Markdown document names, in backticks or as the target of a link.</summary>
public static partial class DocumentPaths
{
    // What the build makes is not there in a fresh clone.
    private static readonly string[] Made = [".deps", "bin/", "data/", "./data", "TestResults"];

    /// <summary>The named paths that do not exist.</summary>
    /// <param name="document">The document's path, relative to the repository; links are relative to its folder.</param>
    /// <param name="markdown">Its text.</param>
    /// <param name="exists">Whether a file or folder exists, its path relative to the repository.</param>
    public static IEnumerable<Finding> Missing(string document, string markdown, Func<string, bool> exists)
    {
        string folder = Path.GetDirectoryName(document) ?? "";
        string[] lines = markdown.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            IEnumerable<string> named = PathInBackticks().Matches(lines[index]).Select(match => match.Groups["path"].Value);
            IEnumerable<string> linked = LinkTarget().Matches(lines[index])
                .Select(match => match.Groups["path"].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal))
                .Select(target => Path.GetRelativePath(".", Path.Combine(folder, target)));
            foreach (string path in named.Concat(linked).Where(path => !IsMade(path) && !exists(path)))
                yield return new Finding(document, index + 1, $"{path} does not exist");
        }
    }

    // In our own documents a word with a slash in backticks is a path when it begins in a folder of the repository.
    [GeneratedRegex(@"`(?<path>(?:\.ci|bench|broker|cli|docs|eng|producers|schemas|tests|topology)/[\w./-]*)`")]
    private static partial Regex PathInBackticks();

    [GeneratedRegex(@"\]\((?<path>[^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex LinkTarget();

    private static bool IsMade(string path) => Made.Any(made => path.StartsWith(made, StringComparison.Ordinal));
}
