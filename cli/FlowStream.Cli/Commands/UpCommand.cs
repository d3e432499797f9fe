using System.CommandLine;
using System.Net;
using FlowStream.Broker;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Cli.Summary;
using FlowStream.Producers;
using FlowStream.Producers.Kafka;
using FlowStream.Queries.Http;
using FlowStream.Topology;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream up</c>: broker, listeners and stages in one process.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Directory of everything that is kept. Default: ./data.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "data",
        };
        Option<IPEndPoint> kafka = CommonOptions.Endpoint("--kafka", "Where Kafka clients connect.", "127.0.0.1:9092");
        Option<IPEndPoint> syslog = CommonOptions.Endpoint("--syslog", "Where firewalls send to, UDP and TCP.", "127.0.0.1:5514");
        Option<IPEndPoint> http = CommonOptions.Endpoint("--http", "Where 'flowstream sessions' asks.", "127.0.0.1:8080");
        var demo = new Option<bool>("--demo") { Description = "Feed it simulated firewalls, and show what becomes of their messages." };
        var command = new Command(
            "up",
            """
            Run everything in one process: syslog listeners, the embedded broker and the stages, with a live summary.

            Point a firewall at it, or try:
              logger --server 127.0.0.1 --port 5514 --udp "hello"
              flowstream replay firewall.log
              flowstream tail flow.sessions.v1 --from-beginning
              flowstream sessions
              kcat -b 127.0.0.1:9092 -L
            Ctrl-C stops it in order; kill -9 loses nothing that was acknowledged. Started again on the same --data it goes on.
            """)
        {
            data,
            kafka,
            syslog,
            http,
            demo,
        };
        command.SetAction(parsed => RunAsync(
            parsed.GetValue(data)!, parsed.GetValue(kafka)!, parsed.GetValue(syslog)!, parsed.GetValue(http)!, parsed.GetValue(demo)));
        return command;
    }

    private static async Task<int> RunAsync(string data, IPEndPoint kafka, IPEndPoint syslog, IPEndPoint http, bool demo)
    {
        FlowStreamSettings settings = SettingsReader.Read();
        bool terminal = !Console.IsOutputRedirected;
        // On a terminal the summary takes the screen, so only what needs a person's attention may break into it.
        using ILoggerFactory loggers = ConsoleLogging.Create(terminal ? LogLevel.Warning : LogLevel.Information);
        using var shutdown = new ShutdownSignal();
        using var meters = new MeterTotals();
        await using QueryServer server = await HttpStart.RunAsync(http, loggers).ConfigureAwait(false);
        await using EmbeddedBroker broker = await BrokerStart.RunAsync(kafka, Path.Combine(data, "broker"), loggers).ConfigureAwait(false);
        string bootstrap = broker.Endpoint.ToString();

        RawTopicOptions raw = settings.RawTopic(bootstrap);
        await KafkaCalls.RunAsync(bootstrap, () => RawTopicCreation.EnsureAsync(raw)).ConfigureAwait(false);
        using RawTopicProducer topic = KafkaCalls.Configure(() => new RawTopicProducer(raw, loggers.CreateLogger<RawTopicProducer>()));
        using SyslogProducer producer = ProduceCommand.Bind(Listeners(syslog), topic, loggers);
        using var topology = new RunningTopology(
            settings,
            settings.Streams(bootstrap, Path.Combine(data, "state"), threads: 1, server.Endpoint),
            [FlowStreamTopology.SessionsStage, FlowStreamTopology.BandwidthStage],
            server,
            loggers);
        await Console.Out.WriteLineAsync(
            $"kafka on {bootstrap}, data in {Path.GetFullPath(data)}, sessions on http://{server.Endpoint}/sessions").ConfigureAwait(false);
        ProducerSummary.PrintListening(producer, Console.Out);

        var summary = new LiveSummary(meters, TimeProvider.System);
        await RunAllAsync(
            shutdown,
            stopping => producer.RunAsync(stopping),
            stopping => topology.RunAsync(stopping),
            stopping => summary.RunAsync(bootstrap, settings.Kafka.Client, terminal, stopping),
            stopping => demo ? new DemoFirewalls(TimeProvider.System).RunAsync(producer.Endpoints[0], stopping) : Task.CompletedTask)
            .ConfigureAwait(false);
        ProducerSummary.Print(producer, Console.Out);
        return ExitCode.Success;
    }

    private static ProducerOptions Listeners(IPEndPoint syslog) => new()
    {
        Listeners = [new ListenerAddress(ListenerTransport.Udp, syslog), new ListenerAddress(ListenerTransport.Tcp, syslog)],
    };

    // When one part fails the others are told to stop, and its failure is what the user reads.
    private static async Task RunAllAsync(ShutdownSignal shutdown, params Func<CancellationToken, Task>[] parts)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(shutdown.Token);
        Task[] running = [.. parts.Select(part => part(stopping.Token))];
        foreach (Task task in running)
        {
            _ = task.ContinueWith(
                _ => stopping.CancelAsync(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        await Task.WhenAll(running).ConfigureAwait(false);
    }
}
