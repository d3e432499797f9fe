using System.Globalization;

namespace FlowStream.EndToEnd.Tests;

/// <summary>A file of simulated lines and the truth about it, made by the command itself, in a folder that goes with it.</summary>
internal sealed class SimulatedFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowstream-e2e-");

    public SimulatedFile(ulong seed, int sessions, int devices = 5, string panos = "0", string changes = "0", params string[] more)
    {
        FlowStreamProcess.Run(
            0,
            ["simulate", "--seed", seed.ToString(CultureInfo.InvariantCulture),
            "--sessions", sessions.ToString(CultureInfo.InvariantCulture),
            "--devices", devices.ToString(CultureInfo.InvariantCulture), "--panos", panos, "--changes", changes,
            "--out", Log, "--truth", Truth, .. more]);
        Expected = TruthFile.Expected(File.ReadLines(Truth));
    }

    public string Log => Path.Combine(_folder.FullName, "f.log");

    public string Truth => Path.Combine(_folder.FullName, "t.jsonl");

    /// <summary>What the topics must hold.</summary>
    public SortedDictionary<string, string> Expected { get; }

    /// <summary>A folder beside the file for a process of the test.</summary>
    public string Folder(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(true);
}
