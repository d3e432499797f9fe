using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FlowStream.Benchmarks.Results;

/// <summary>The folder <c>bench/</c> of the source: one JSON file for each run, and the table of the last run in the README.</summary>
internal sealed class ResultFiles
{
    private const string Begin = "<!-- last run: written by make bench -->";
    private const string End = "<!-- end of last run -->";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _root;

    private ResultFiles(string root) => _root = root;

    /// <summary>The source that these benchmarks were built from.</summary>
    /// <exception cref="DirectoryNotFoundException">They do not lie below it.</exception>
    public static ResultFiles Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FlowStream.sln"))) folder = folder.Parent;
        if (folder is null) throw new DirectoryNotFoundException("There is no FlowStream.sln above the benchmarks.");
        return new ResultFiles(folder.FullName);
    }

    /// <summary>Where the files of runs are.</summary>
    public string Folder => Path.Combine(_root, "bench", "results");

    /// <summary>The git revision of the source; ends in <c>+</c> when files were changed since.</summary>
    public string Revision()
    {
        string revision = Git("rev-parse", "--short", "HEAD");
        // The figures themselves are no change of what was measured.
        bool changed = Git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results", ":!bench/README.md").Length > 0;
        return changed ? revision + "+" : revision;
    }

    /// <summary>Adds the report's file and, when it is of a whole run, puts its table in the README; returns the file's path.</summary>
    public string Save(BenchmarkReport report, bool whole)
    {
        string folder = Folder;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{report.Date:yyyy-MM-dd-HHmmss}.json"));
        File.WriteAllText(path, JsonSerializer.Serialize(report, Json) + "\n");
        if (!whole) return path;
        string readme = Path.Combine(_root, "bench", "README.md");
        File.WriteAllText(readme, Replace(File.ReadAllText(readme), ResultTable.Of(report)));
        return path;
    }

    private static string Replace(string readme, string table)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal), end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidDataException("bench/README.md has lost the marks between which the table stands.");
        return $"{readme[..begin]}{Begin}\n{table}\n{readme[end..]}";
    }

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _root, RedirectStandardOutput = true };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }
}
