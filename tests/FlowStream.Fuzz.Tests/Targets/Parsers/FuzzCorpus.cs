using System.Text;
using System.Text.RegularExpressions;
using FlowStream.Fuzz.Tests.Engine;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>Where a target begins: <c>tests/corpora/fuzz/NAME/</c> holds messages, one a line, and the words of their grammar.</summary>
internal static class FuzzCorpus
{
    /// <summary>The messages of <c>lines.txt</c>.</summary>
    public static IReadOnlyList<byte[]> Lines(string name) => [.. Read(name, "lines.txt").Select(Encoding.UTF8.GetBytes)];

    /// <summary>The words of <c>tokens.txt</c>, in which <c>\t</c>, <c>\n</c>, <c>\\</c> and <c>\x00</c> are escapes.</summary>
    public static IReadOnlyList<byte[]> Tokens(string name) =>
        [.. Read(name, "tokens.txt").Select(token => Encoding.UTF8.GetBytes(Regex.Unescape(token)))];

    /// <summary>The texts of the folder <c>tests/corpora/NAME/</c>.</summary>
    public static IEnumerable<string> Files(string name) =>
        Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(CrashFiles.Folder())!, name), "*.txt").Order(StringComparer.Ordinal);

    /// <summary>The folder <c>tests/corpora/fuzz/NAME/</c> of the source.</summary>
    public static string Folder(string name) => Path.Combine(Path.GetDirectoryName(CrashFiles.Folder())!, "fuzz", name);

    private static IEnumerable<string> Read(string name, string file) =>
        File.ReadLines(Path.Combine(Folder(name), file)).Where(line => line.Length > 0);
}
