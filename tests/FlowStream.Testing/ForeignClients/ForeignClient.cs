using System.Diagnostics;
using System.Text;

namespace FlowStream.Testing.ForeignClients;

/// <summary>A Kafka client that nobody here wrote, run as a process of its own: <c>kcat</c>, or a Python script beside this file.</summary>
public sealed class ForeignClient
{
    /// <summary>How long one run may take before it is killed: the slowest takes a few seconds on a busy two-core machine.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    // Debian's own interpreter: its packages, python3-kafka among them, are not seen by others that PATH may name first.
    private const string DebianPython = "/usr/bin/python3";

    private const string ScriptFolder = "ForeignClients";

    private readonly string _path;
    private readonly string[] _leading;

    private ForeignClient(string path, params string[] leading)
    {
        _path = path;
        _leading = leading;
    }

    /// <summary>kcat, over librdkafka.</summary>
    /// <exception cref="ForeignClientMissingException">It is not on PATH.</exception>
    public static ForeignClient Kcat() => new(FindOnPath("kcat") ?? throw new ForeignClientMissingException("kcat"));

    /// <summary>A Python script over kafka-python.</summary>
    /// <param name="script">Its file name in the ForeignClients folder.</param>
    /// <exception cref="ForeignClientMissingException">Python or python3-kafka is not there.</exception>
    public static async Task<ForeignClient> KafkaPythonAsync(string script)
    {
        if (!File.Exists(DebianPython))
            throw new ForeignClientMissingException("python3");
        var probe = await new ForeignClient(DebianPython, "-c", "import kafka").RunAsync([]).ConfigureAwait(false);
        if (probe.ExitCode != 0)
            throw new ForeignClientMissingException("python3-kafka");
        return new ForeignClient(DebianPython, Path.Combine(AppContext.BaseDirectory, ScriptFolder, script));
    }

    /// <summary>A .NET program, run by the runtime that runs the tests.</summary>
    /// <param name="assembly">Path of its assembly.</param>
    /// <param name="arguments">The arguments it always gets.</param>
    public static ForeignClient Dotnet(string assembly, params string[] arguments) =>
        new(IsDotnet(Environment.ProcessPath) ? Environment.ProcessPath! : "dotnet", [assembly, .. arguments]);

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input; null for nothing.</param>
    /// <param name="limit">When to give up; null for <see cref="DefaultLimit"/>.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="TimeoutException">It did not end in time and was killed; the message has what it said so far.</exception>
    public async Task<ForeignResult> RunAsync(IReadOnlyList<string> arguments, string? input = null, TimeSpan? limit = null)
    {
        using var process = Start(arguments);
        var output = new StringBuilder();
        var errors = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(limit ?? DefaultLimit);
        try
        {
            await WriteInputAsync(process, input, deadline.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Describe(arguments)} did not end in time\n{errors}\n{output}");
        }

        return new ForeignResult(Describe(arguments), process.ExitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Starts it and goes on.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The process; disposing it kills it.</returns>
    public RunningClient Launch(params IReadOnlyList<string> arguments) => new(Start(arguments));

    private static bool IsDotnet(string? program) => Path.GetFileNameWithoutExtension(program) == "dotnet";

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken deadline)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input.AsMemory(), deadline).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything; its exit code says how.
        }
    }

    private static string? FindOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private Process Start(IReadOnlyList<string> arguments) => Process.Start(new ProcessStartInfo(_path, [.. _leading, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    })!;

    private string Describe(IReadOnlyList<string> arguments) => string.Join(' ', [_path, .. _leading, .. arguments]);
}
