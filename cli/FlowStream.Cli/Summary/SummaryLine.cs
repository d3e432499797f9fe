using System.Globalization;

namespace FlowStream.Cli.Summary;

/// <summary>A snapshot as one plain line, for logs and pipes.</summary>
internal static class SummaryLine
{
    public static string Of(SummarySnapshot s) => string.Create(
        CultureInfo.InvariantCulture,
        $"summary: {s.Running:hh\\:mm\\:ss} received {s.Received} ({s.ReceivedPerSecond:0}/s) " +
        $"rejected {s.Rejected} kernel-dropped {s.KernelDropped} " +
        $"parsed {s.Parsed} dead-letters {s.DeadLettered} open {s.OpenSessions} completed {s.Completed} denied {s.Denied}{Window(s)}");

    private static string Window(SummarySnapshot s) => s.WindowStart is not { } start ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" window {start:yyyy-MM-ddTHH:mm}Z {ByteText.Of(s.Applications.Sum(a => a.FromClient + a.FromServer))}");
}
