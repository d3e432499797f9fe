using System.CommandLine;
using FlowStream.Cli.Analysis;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Cli.Summary;
using FlowStream.Producers.Replay;
using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream analyze</c>: the stages over a file, without Kafka.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        Option<string> format = CommonOptions.Format("a summary for people", "every record as a JSON line");
        var command = new Command(
            "analyze",
            $"""
            Put syslog lines through the same stages as with Kafka, here and without it: completed sessions, denials, bandwidth windows
            and dead letters. Time is that of the lines; at the end of the file it runs on until everything has ended.
            {CommonOptions.YearRule}

            Example:  flowstream analyze firewall.log
                      flowstream analyze firewall.log --format json | grep '"flow.sessions.v1"'
            """)
        {
            file,
            format,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(format)!));
        return command;
    }

    private static int Run(string file, string format)
    {
        TopologyOptions options = SettingsReader.Read().Stages();
        using var shutdown = new ShutdownSignal();
        using var lines = new LogLineReader(
            CommonOptions.Open(file), DateTimeOffset.UnixEpoch, CommonOptions.LastWritten(file, TimeProvider.System));
        if (format == CommonOptions.Json)
        {
            using var output = new JsonOutput(Console.OpenStandardOutput());
            Analyze(file, lines, options, output.Take, shutdown.Token);
            return ExitCode.Success;
        }
        using var meters = new MeterTotals();
        var totals = new AnalysisTotals();
        long read = Analyze(file, lines, options, totals.Take, shutdown.Token);
        new AnalysisTable(TextConsole.Create()).Print(totals, DeviceLine.Read(meters), read, lines.TooLong);
        return ExitCode.Success;
    }

    private static long Analyze(
        string file, LogLineReader lines, TopologyOptions options, TopicRecordHandler handler, CancellationToken stopping)
    {
        using var analysis = new FileAnalysis(options, file, handler);
        using (new ProgressLine(() => $"{analysis.Lines:N0} lines"))
        {
            while (!stopping.IsCancellationRequested && lines.Read()) analysis.Add(lines.Line, lines.Key, lines.Timestamp);
            analysis.Complete();
        }
        return analysis.Lines;
    }
}
