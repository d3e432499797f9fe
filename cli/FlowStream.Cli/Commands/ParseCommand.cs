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
        var stats = new Option<bool>("--stats")
        {
            Description = "Print tables instead: events, shapes, repairs and refusals with counts and a first example, and gaps.",
        };
        var command = new Command(
            "parse",
            """
            Parse syslog lines and print one JSON line for each, in order: the event, or why it was refused and where.

            An event:    {"kind":"close","tag":"TRAFFIC","shape":"panos-cef","device_vendor":"paloalto","source_address":"192.0.2.1",...}
            A refusal:   {"kind":"refused","reason":"bad-address","detail":"byte 131, field source_address: \"...\""}

            Fields have the names of the records that FlowStream writes; every other key of the device stands under "extras" with its own
            name. "repairs" lists what was wrong with a line that was read all the same, "flags" the PAN-OS session flags by name.

            --stats says what a file holds: how many of which event, what had to be repaired, which lines were refused and why, the gaps
            and duplicates in the sequence numbers of each PAN-OS device, and the lines that a syslog daemon left out ("last message
            repeated"). A refused line would be a dead letter with the same reason; nothing of it is lost.

            Examples:
              flowstream parse firewall.log --stats                         is my firewall understood?
              flowstream parse firewall.log | grep '"kind":"refused"'       which lines are not, and at which byte
              head -n 1 firewall.log | flowstream parse -                   one line, field by field
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
        using var lines = new LogLineReader(CommonOptions.Open(file), DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow());
        if (stats) PrintStatistics(lines, shutdown.Token);
        else PrintEvents(lines, shutdown.Token);
        return ExitCode.Success;
    }

    private static void PrintEvents(LogLineReader lines, CancellationToken stopping)
    {
        var parsed = new SessionEvent();
        using Stream output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        using var json = new Utf8JsonWriter(output, EventJson.WriterOptions);
        long tooLong = 0;
        while (!stopping.IsCancellationRequested && lines.Read())
        {
            PrintTooLong(ref tooLong, lines, json, output);
            Refusal refusal = SyslogParser.Parse(lines.Line, parsed);
            if (refusal.Accepted) EventJson.Write(json, parsed);
            else EventJson.Write(json, refusal, lines.Line);
            EndLine(json, output);
        }
        PrintTooLong(ref tooLong, lines, json, output);
    }

    // Lines that are too long are passed over by the reader; each has its line among the others all the same.
    private static void PrintTooLong(ref long printed, LogLineReader lines, Utf8JsonWriter json, Stream output)
    {
        for (; printed < lines.TooLong; printed++)
        {
            EventJson.Write(json, new Refusal(RefusalReason.TooLong, ParserLimits.MaxMessageBytes), []);
            EndLine(json, output);
        }
    }

    private static void EndLine(Utf8JsonWriter json, Stream output)
    {
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
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
        counts.AddTooLong(lines.TooLong);
        ParseTable.Print(TextConsole.Create(), counts);
    }
}
