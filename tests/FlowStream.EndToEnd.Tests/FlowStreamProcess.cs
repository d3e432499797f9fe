using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace FlowStream.EndToEnd.Tests;

/// <summary>The real command in a process of its own, as a user runs it.</summary>
internal sealed class FlowStreamProcess : IDisposable
{
    private const int SigTerm = 15;

    // Far beyond what any step needs on a loaded machine; a test that waits this long has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly StringBuilder _errors = new();

    private FlowStreamProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => { if (e.Data is { } line) _lines.Add(line); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) lock (_errors) { _errors.AppendLine(line); } };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What the process has written to stderr so far.</summary>
    public string Errors
    {
        get { lock (_errors) return _errors.ToString(); }
    }

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>flowstream</c> with the given arguments.</summary>
    public static FlowStreamProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static FlowStreamProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = StartInfo(arguments);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return new FlowStreamProcess(process);
    }

    /// <summary>Runs to the end and returns stdout; fails the test when the exit code is another than expected.</summary>
    public static string Run(int expectedExitCode, params string[] arguments) => RunWithInput(expectedExitCode, null, arguments).Output;

    public static (string Output, string Errors) RunWithInput(int expectedExitCode, byte[]? input, params string[] arguments) =>
        RunWithInput(expectedExitCode, input, new Dictionary<string, string>(), arguments);

    public static (string Output, string Errors) RunWithInput(
        int expectedExitCode, byte[]? input, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = StartInfo(arguments);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null) process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(true);
            Assert.Fail($"flowstream {string.Join(' ', arguments)} did not end within {Patience}: {errors.Result}");
        }
        process.WaitForExit();
        Assert.True(
            process.ExitCode == expectedExitCode,
            $"flowstream {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}{output.Result}");
        return (output.Result, errors.Result);
    }

    /// <summary>Waits for a line on stdout that holds <paramref name="text"/> and returns it.</summary>
    public string WaitForLine(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            foreach (string line in _lines.GetConsumingEnumerable(timeout.Token))
                if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        catch (OperationCanceledException)
        {
            // Told below, with what the process had to say.
        }
        throw new InvalidOperationException($"No line with '{text}' came from the process. Its stderr: {Errors}");
    }

    /// <summary>Waits for the end of the process by itself.</summary>
    public void WaitForExit()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(true);
            Assert.Fail($"The process did not end within {Patience}: {Errors}");
        }
        _process.WaitForExit();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM; waits for the orderly end and returns the exit code.</summary>
    public int Stop()
    {
        Assert.Equal(0, SendSignal(_process.Id, SigTerm));
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(true);
            Assert.Fail($"The process did not stop within {Patience} of SIGTERM: {Errors}");
        }
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>What the process wrote to stdout and nobody has waited for; it must have ended.</summary>
    public string RestOfOutput()
    {
        var rest = new StringBuilder();
        while (_lines.TryTake(out string? line)) rest.AppendLine(line);
        return rest.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
            _process.WaitForExit();
        }
        _process.Dispose();
        _lines.Dispose();
    }

    private static ProcessStartInfo StartInfo(string[] arguments) => new(Path.Combine(AppContext.BaseDirectory, "flowstream"), arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
