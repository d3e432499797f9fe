using System.CommandLine;
using System.Globalization;
using System.Text;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Parsing;
using FlowStream.Producers.Kafka;
using FlowStream.Producers.Simulation;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream simulate</c>: firewalls that do not exist.</summary>
internal static class SimulateCommand
{
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(2);
    private static readonly SimulationOptions Standard = new();

    public static Command Create()
    {
        var seed = new Option<ulong>("--seed")
        {
            Description = "Number that all chance is drawn from; the same one gives the same bytes.",
            Required = true,
        };
        var sessions = new Option<long>("--sessions") { Description = "Sessions to open.", Required = true };
        var devices = Share("--devices", "Firewalls.", Standard.Devices);
        var panos = Share("--panos", "How many of them, the last, are PAN-OS.", Standard.PanosDevices);
        var changes = Share(
            "--changes", "Share of sessions that tell of routes, applications and measurements that change, 0 to 1.", Standard.Changes);
        var bulk = Share("--bulk", "Share of TCP sessions under AppTrack that are even transfers of hours, 0 to 1.", Standard.Bulk);
        var rate = Share("--rate", "Sessions opened in a second of simulated time.", Standard.SessionsPerSecond);
        var lostCreates = Share("--lost-creates", "Share of creates that get lost, 0 to 1.", Standard.LostCreates);
        var lostUpdates = Share("--lost-updates", "Share of volume updates that get lost, 0 to 1.", Standard.LostUpdates);
        var lostCloses = Share("--lost-closes", "Share of closes that get lost, 0 to 1.", Standard.LostCloses);
        var duplicates = Share("--duplicates", "Share of messages that arrive twice, 0 to 1.", Standard.Duplicates);
        var reordered = Share("--reordered", "Share of messages that later ones overtake, 0 to 1.", Standard.Reordered);
        var bootstrap = new Option<string?>("--bootstrap") { Description = "Send to flow.raw.v1 of this Kafka.", HelpName = "HOST:PORT" };
        var output = new Option<string?>("--out")
        {
            Description = "Write the lines to a file, or - for standard output.",
            HelpName = "FILE",
        };
        var truth = new Option<string?>("--truth")
        {
            Description = "Write what the topics must hold for these lines, and what really flowed in each minute, as JSON lines.",
            HelpName = "FILE",
        };
        var command = new Command(
            "simulate",
            """
            Write the syslog of simulated firewalls: clusters of sessions with heavy-tailed sizes and durations, creates, volume updates,
            closes and denials, of which some get lost, come twice or out of order.

            Example:  flowstream simulate --seed 7 --sessions 20000 --devices 5 --out f.log --truth t.jsonl
            """)
        {
            seed, sessions, devices, panos, changes, bulk, rate, lostCreates, lostUpdates, lostCloses, duplicates, reordered, bootstrap,
            output, truth,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(bootstrap) is null) == (result.GetValue(output) is null))
                result.AddError("Give either --bootstrap or --out.");
        });
        command.SetAction(parsed => RunAsync(
            new SimulationOptions
            {
                Seed = parsed.GetValue(seed),
                Sessions = parsed.GetValue(sessions),
                Devices = parsed.GetValue(devices),
                PanosDevices = parsed.GetValue(panos),
                Changes = parsed.GetValue(changes),
                Bulk = parsed.GetValue(bulk),
                SessionsPerSecond = parsed.GetValue(rate),
                LostCreates = parsed.GetValue(lostCreates),
                LostUpdates = parsed.GetValue(lostUpdates),
                LostCloses = parsed.GetValue(lostCloses),
                Duplicates = parsed.GetValue(duplicates),
                Reordered = parsed.GetValue(reordered),
            },
            parsed.GetValue(bootstrap),
            parsed.GetValue(output),
            parsed.GetValue(truth)));
        return command;
    }

    private static Option<T> Share<T>(string name, string description, T standard)
        where T : IFormattable => new(name)
        {
            Description = $"{description} Default: {standard.ToString(null, CultureInfo.InvariantCulture)}.",
            HelpName = "N",
            DefaultValueFactory = _ => standard,
        };

    private static async Task<int> RunAsync(SimulationOptions options, string? bootstrap, string? output, string? truth)
    {
        try
        {
            options.Validate();
        }
        catch (ArgumentException failure)
        {
            throw new CommandFailedException(failure.Message, failure);
        }
        using var shutdown = new ShutdownSignal();
        using SimulationTruthWriter? truthWriter = truth is null ? null : new SimulationTruthWriter(Create(truth));
        var simulator = new TrafficSimulator(options, truthWriter);
        if (output is not null) Write(simulator, output, shutdown.Token);
        else await SendAsync(simulator, SettingsReader.Read().RawTopic(bootstrap), shutdown.Token).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static void Write(TrafficSimulator simulator, string path, CancellationToken stopping)
    {
        long lines = 0;
        using Stream output = Create(path);
        using (new ProgressLine(() => $"{lines:N0} lines"))
        {
            for (; !stopping.IsCancellationRequested && simulator.MoveNext(); lines++)
            {
                output.Write(simulator.Line.Span);
                output.WriteByte((byte)'\n');
            }
        }
    }

    private static async Task SendAsync(TrafficSimulator simulator, RawTopicOptions raw, CancellationToken stopping)
    {
        using ILoggerFactory loggers = ConsoleLogging.Create(LogLevel.Warning);
        await KafkaCalls.RunAsync(raw.Bootstrap, () => RawTopicCreation.EnsureAsync(raw)).ConfigureAwait(false);
        using RawTopicProducer topic = KafkaCalls.Configure(() => new RawTopicProducer(raw, loggers.CreateLogger<RawTopicProducer>()));
        byte[] fallback = Encoding.ASCII.GetBytes("simulate");
        using (new ProgressLine(() => $"{topic.Counters.Taken:N0} lines sent, {topic.Counters.Acknowledged:N0} acknowledged"))
        {
            while (!stopping.IsCancellationRequested && simulator.MoveNext())
            {
                while (!TrySend(topic, simulator, fallback)) await topic.WaitForRoomAsync(stopping).ConfigureAwait(false);
            }
            topic.Drain(Drain);
        }
        await Console.Out.WriteLineAsync($"sent {topic.Counters.Taken} acknowledged {topic.Counters.Acknowledged}").ConfigureAwait(false);
        long lost = topic.Counters.Taken - topic.Counters.Acknowledged;
        if (lost != 0) throw new CommandFailedException($"{lost} lines were not acknowledged by {raw.Bootstrap}.");
    }

    private static bool TrySend(RawTopicProducer topic, TrafficSimulator simulator, byte[] fallback)
    {
        Span<byte> key = stackalloc byte[FlowKey.MaxBytes];
        byte[] recordKey = FlowKey.TryWrite(simulator.Line.Span, key, out int written) ? key[..written].ToArray() : fallback;
        return topic.TrySend(recordKey, simulator.Line.Span, DateTimeOffset.FromUnixTimeMilliseconds(simulator.TimestampMs), null);
    }

    private static BufferedStream Create(string path)
    {
        try
        {
            return new BufferedStream(path == "-" ? Console.OpenStandardOutput() : File.Create(path), 1 << 16);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"cannot write {path}: {failure.Message}", failure);
        }
    }
}
