using System.Diagnostics;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>Starts the <c>flowstream</c> command that lies beside the benchmarks.</summary>
internal static class Command
{
    public static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "flowstream"), arguments) { RedirectStandardOutput = true })!;
}
