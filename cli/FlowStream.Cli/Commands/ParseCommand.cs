using System.CommandLine;
using System.Text.Json;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.ParseStatistics;
using FlowStream.Parsing;
using FlowStream.Producers.Replay;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream parse</c>: what is understood of a file of syslog lines.</summary>
internal static class ParseCommand
{
    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        var stats = new Option<bool>("--stats") { Description = "Print a table of tags, shapes and refusals with counts instead." };
        var command = new Command(
            "parse",
            """
            Parse syslog lines and print one JSON line for each, in order: the event, or why it was refused and where.

            Example:  flowstream parse firewall.log --stats
            """)
        {
            file,
            stats,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(stats)));
        return command;
    }

    private static int Run(string file, bool stats)
    {
        using var shutdown = new ShutdownSignal();
        using var lines = new LogLineReader(CommonOptions.Open(file), DateTimeOffset.UnixEpoch);
        if (stats) PrintStatistics(lines, shutdown.Token);
        else PrintEvents(lines, shutdown.Token);
        return ExitCode.Success;
    }

    private static void PrintEvents(LogLineReader lines, CancellationToken stopping)
    {
        var parsed = new SessionEvent();
        using Stream output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        using var json = new Utf8JsonWriter(output, EventJson.WriterOptions);
        while (!stopping.IsCancellationRequested && lines.Read())
        {
            Refusal refusal = SyslogParser.Parse(lines.Line, parsed);
            if (refusal.Accepted) EventJson.Write(json, parsed);
            else EventJson.Write(json, refusal, lines.Line);
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
        }
    }

    private static void PrintStatistics(LogLineReader lines, CancellationToken stopping)
    {
        var parsed = new SessionEvent();
        var counts = new ParseCounts();
        using (new ProgressLine(() => $"{counts.Messages:N0} lines"))
        {
            while (!stopping.IsCancellationRequested && lines.Read())
                counts.Add(SyslogParser.Parse(lines.Line, parsed), parsed, lines.Line);
        }
        ParseTable.Print(TextConsole.Create(), counts, lines.TooLong);
    }
}
