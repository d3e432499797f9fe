namespace FlowStream.Parsing.Tests;

/// <summary>
/// Reads Eras/*.txt: a message, continued on lines that start with a blank, and lines that start with "= " and hold name=value pairs
/// apart by " | ".
/// </summary>
internal static class EraMessages
{
    /// <summary>The files, in order.</summary>
    public static string[] Files { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Eras"), "*.txt").Order(StringComparer.Ordinal)];

    /// <summary>The messages of one file, each with what a person reads in it, by the names <see cref="EventFields"/> gives.</summary>
    public static List<(string Message, SortedDictionary<string, string> Expected)> Read(string file)
    {
        var cases = new List<(string, SortedDictionary<string, string>)>();
        foreach (string line in File.ReadLines(file))
        {
            if (line.StartsWith('<')) cases.Add((line, new SortedDictionary<string, string>(StringComparer.Ordinal)));
            else if (line.StartsWith(' ')) cases[^1] = (cases[^1].Item1 + line, cases[^1].Item2);
            else if (line.StartsWith("= ", StringComparison.Ordinal)) AddExpected(line[2..], cases[^1].Item2);
        }
        return cases;
    }

    private static void AddExpected(string line, SortedDictionary<string, string> expected)
    {
        foreach (string pair in line.Split(" | "))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            expected.Add(pair[..equals], pair[(equals + 1)..]);
        }
    }
}
