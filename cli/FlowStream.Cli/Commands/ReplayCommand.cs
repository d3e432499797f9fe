using System.CommandLine;
using System.Globalization;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Producers.Kafka;
using FlowStream.Producers.Replay;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream replay</c>: a file of syslog lines into the raw topic.</summary>
internal static class ReplayCommand
{
    // A broker that takes longer than this for the last batch is not there any more.
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        Option<string?> bootstrap = CommonOptions.Bootstrap();
        var rate =
            new Option<long?>("--rate") { Description = "Most lines a second. Default: as fast as the broker takes them.", HelpName = "N" };
        rate.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out long value) && value < 1)
                result.AddError("--rate is at least 1.");
        });
        var command = new Command(
            "replay",
            $"""
            Send the syslog lines of a file to flow.raw.v1, each record stamped with the line's own time, as if it had just arrived then.
            {CommonOptions.YearRule}

            Prints how many lines were sent and how many the broker acknowledged; fails when these differ.

            Example:  flowstream simulate --seed 7 --sessions 1000 --out f.log && flowstream replay f.log
            """)
        {
            file,
            bootstrap,
            rate,
        };
        command.SetAction(parsed => RunAsync(parsed.GetValue(file)!, parsed.GetValue(bootstrap), parsed.GetValue(rate)));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? bootstrap, long? rate)
    {
        RawTopicOptions raw = SettingsReader.Read().RawTopic(bootstrap);
        using ILoggerFactory loggers = ConsoleLogging.Create(LogLevel.Warning);
        using var shutdown = new ShutdownSignal();
        using var lines = new LogLineReader(
            CommonOptions.Open(file), TimeProvider.System.GetUtcNow(), CommonOptions.LastWritten(file, TimeProvider.System));
        await KafkaCalls.RunAsync(raw.Bootstrap, () => RawTopicCreation.EnsureAsync(raw)).ConfigureAwait(false);
        using RawTopicProducer topic = KafkaCalls.Configure(() => new RawTopicProducer(raw, loggers.CreateLogger<RawTopicProducer>()));
        var replay = new LogReplay(topic, file, TimeProvider.System);
        ReplayResult result;
        using (new ProgressLine(() => $"{replay.Sent:N0} lines sent, {topic.Counters.Acknowledged:N0} acknowledged"))
            result = await replay.RunAsync(lines, rate, Drain, shutdown.Token).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"sent {result.Sent} acknowledged {result.Acknowledged} too-long {result.TooLong}")).ConfigureAwait(false);
        return result.Acknowledged == result.Sent
            ? ExitCode.Success
            : throw new CommandFailedException($"{result.Sent - result.Acknowledged} lines were not acknowledged by {raw.Bootstrap}.");
    }
}
