namespace FlowStream.Broker.Tests.Log;

/// <summary>A directory that lives as long as a test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flowstream-log-").FullName;

    /// <summary>The directory as a kill -9 leaves it: what was written is there, nothing was closed.</summary>
    public TemporaryDirectory CopyAsIs()
    {
        var copy = new TemporaryDirectory();
        foreach (string file in Directory.GetFiles(Path))
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public string[] Names(string pattern) => [.. Directory.GetFiles(Path, pattern).Select(System.IO.Path.GetFileName).Order()!];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
