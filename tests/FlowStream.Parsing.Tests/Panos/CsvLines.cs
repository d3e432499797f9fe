using System.Reflection;
using System.Text;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>Parses lines of columns without a header, and reads the lines of tests/corpora/panos/csv.txt.</summary>
internal static class CsvLines
{
    private static string Corpus => Path.Combine(
        typeof(CsvLines).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "tests/corpora/panos/csv.txt");

    /// <summary>Name, line and expected pairs of each case.</summary>
    public static IReadOnlyList<(string Name, string Line, List<string> Expected)> Cases { get; } = Read();

    /// <summary>Parses <paramref name="line"/> into <paramref name="into"/>.</summary>
    public static Refusal Parse(ReadOnlySpan<byte> line, SessionEvent into)
    {
        into.Load(line);
        return CsvMessage.Read(into, 0);
    }

    public static Refusal Parse(string line, SessionEvent into) => Parse(Encoding.Latin1.GetBytes(line), into);

    private static List<(string Name, string Line, List<string> Expected)> Read()
    {
        var cases = new List<(string Name, string Line, List<string> Expected)>();
        string name = "";
        foreach (string line in File.ReadLines(Corpus))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) name = line[2..];
            else if (line.StartsWith("> ", StringComparison.Ordinal)) cases.Add((name, line[2..], []));
            else if (line.StartsWith("= ", StringComparison.Ordinal)) cases[^1].Expected.AddRange(line[2..].Split(" | "));
        }
        return cases;
    }
}
