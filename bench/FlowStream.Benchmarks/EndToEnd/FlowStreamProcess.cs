using System.Diagnostics;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>
/// The <c>flowstream</c> command in a process of its own, so that its work is not measured as ours. Disposing it kills it.
/// </summary>
internal sealed class FlowStreamProcess : IDisposable
{
    // A start takes a second; on a machine that is busy with other things some more.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private FlowStreamProcess(Process process) => _process = process;

    /// <summary>CPU time it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Most memory it has used, bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the command that lies beside the benchmarks and waits until it says that it is ready.</summary>
    /// <param name="folder">Its working directory, so that no settings but its own defaults apply.</param>
    /// <param name="ready">Beginning of the line that says so.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It ended, or said nothing in time; its warnings went to stderr.</exception>
    public static FlowStreamProcess Start(string folder, string ready, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "flowstream"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        Process process = Process.Start(start)!;
        var isReady = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null) isReady.TrySetResult(false);
            else if (e.Data.StartsWith(ready, StringComparison.Ordinal)) isReady.TrySetResult(true);
        };
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is { } line && !line.Contains(" info: ", StringComparison.Ordinal)) Console.Error.WriteLine(line);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var started = new FlowStreamProcess(process);
        if (isReady.Task.Wait(StartTimeout) && isReady.Task.Result) return started;
        started.Dispose();
        throw new InvalidOperationException($"flowstream {string.Join(' ', arguments)} did not start.");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
