using System.Diagnostics;
using System.Globalization;
using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>README as a newcomer follows it: its shell blocks one after the other in one shell.</summary>
public sealed class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Every_command_of_the_readme_works_when_it_is_copied_and_pasted()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("flowstream-readme-");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "bin"), AppContext.BaseDirectory);
        // The make targets stand first: what runs this test is one of them.
        IEnumerable<string> blocks = MarkdownCommands.ShellBlocks(await File.ReadAllTextAsync(Readme()))
            .Select(block => block.Script).Where(script => !script.StartsWith("make ", StringComparison.Ordinal));
        string script = "set -euo pipefail\n" + string.Join('\n', blocks);

        (int exitCode, string output) = await RunAsync(OnFreePorts(script), folder.FullName);

        Assert.True(exitCode == 0, $"The README's commands ended with {exitCode}:\n{output}");
        Assert.Contains("\"topic\":\"flow.sessions.v1\"", output, StringComparison.Ordinal);
        Assert.Contains("\"topic\":\"flow.bandwidth.v1\"", output, StringComparison.Ordinal);
        Assert.Contains("flow.error.reason=unknown-tag", output, StringComparison.Ordinal);
        Assert.Contains("kafka: taken 5 = acknowledged 5 ", output, StringComparison.Ordinal);
        folder.Delete(true);
    }

    // The README's own ports may be in use on the machine that runs the tests.
    private static string OnFreePorts(string script)
    {
        string kafka = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        string syslog = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        string http = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        string flags = $"--kafka 127.0.0.1:{kafka} --syslog 127.0.0.1:{syslog} --http 127.0.0.1:{http}";
        return script
            .Replace("flowstream up ", $"flowstream up {flags} ", StringComparison.Ordinal)
            .Replace("9092", kafka, StringComparison.Ordinal)
            .Replace("5514", syslog, StringComparison.Ordinal)
            .Replace("8080", http, StringComparison.Ordinal)
            .Insert(0, $"export FLOWSTREAM__KAFKA__BOOTSTRAP=127.0.0.1:{kafka}\n");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script, string folder)
    {
        // Monitor mode makes %1 a job that can be signalled, as in a terminal.
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-m", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await shell.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(true);
        }
        return (shell.ExitCode, await output + await errors);
    }

    private static string Readme()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FlowStream.sln"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new DirectoryNotFoundException("No FlowStream.sln above the tests."), "README.md");
    }
}
