using System.CommandLine;
using System.Net;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Producers.Kafka;
using FlowStream.Queries.Http;
using FlowStream.Streams;
using FlowStream.Topology;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream topology</c>: the stages against a Kafka.</summary>
internal static class TopologyCommand
{
    public static Command Create()
    {
        Option<string?> bootstrap = CommonOptions.Bootstrap();
        var stages = new Option<string[]>("--stages")
        {
            Description = $"Stages to run here: {FlowStreamTopology.SessionsStage}, {FlowStreamTopology.BandwidthStage}. Default: both.",
            HelpName = "NAME[,NAME]",
            DefaultValueFactory = _ => [FlowStreamTopology.SessionsStage, FlowStreamTopology.BandwidthStage],
            CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))],
        };
        stages.Validators.Add(result =>
        {
            string[] known = [FlowStreamTopology.SessionsStage, FlowStreamTopology.BandwidthStage];
            foreach (string name in result.GetValueOrDefault<string[]>() ?? [])
                if (!known.Contains(name)) result.AddError($"there is no stage '{name}': {string.Join(" and ", known)} are.");
        });
        var threads = new Option<int>("--threads")
        {
            Description = "Threads for each stage. Default: 1.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var state = new Option<string>("--state")
        {
            Description = "Directory of snapshots and the instance id, one process at a time. Default: ./data/state.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("data", "state"),
        };
        var http = new Option<IPEndPoint?>("--http")
        {
            Description = "Where to answer questions about open sessions, for 'flowstream sessions'. Default: nowhere.",
            HelpName = "ADDRESS:PORT",
            CustomParser = result => CommonOptions.ParseEndpoint(result, "--http"),
        };
        var command = new Command(
            "topology",
            """
            Run the stages: join the messages of flow.raw.v1 into flow.sessions.v1 and flow.denials.v1, add bytes up into
            flow.bandwidth.v1, put what was measured of paths into flow.paths.v1 and what cannot be read into
            flow.deadletter.v1, exactly once.

            Start more of them, each with a --state of its own, and they share the partitions. A process that is killed is taken over
            by the others, or goes on where it was when it comes back.

            With --http an instance answers GET /sessions and GET /sessions/summary, without a password: give it an address that only
            those reach who may see the sessions. 0.0.0.0 listens on all, and others are told the address from which it talks to Kafka.

            Example:  flowstream topology --bootstrap kafka:9092 --threads 2 --state /var/lib/flowstream --http 192.0.2.7:8080
            """)
        {
            bootstrap,
            stages,
            threads,
            state,
            http,
        };
        command.SetAction(parsed => RunAsync(
            parsed.GetValue(bootstrap), parsed.GetValue(stages)!, parsed.GetValue(threads), parsed.GetValue(state)!,
            parsed.GetValue(http)));
        return command;
    }

    private static async Task<int> RunAsync(string? bootstrap, string[] stages, int threads, string state, IPEndPoint? http)
    {
        FlowStreamSettings settings = SettingsReader.Read();
        using ILoggerFactory loggers = ConsoleLogging.Create();
        using var shutdown = new ShutdownSignal();
        await using QueryServer? server = http is null ? null : await HttpStart.RunAsync(http, loggers).ConfigureAwait(false);
        StreamsOptions options = settings.Streams(bootstrap, state, threads, server?.Endpoint);
        RawTopicOptions raw = settings.RawTopic(bootstrap);
        await KafkaCalls.RunAsync(options.BootstrapServers, () => RawTopicCreation.EnsureAsync(raw)).ConfigureAwait(false);
        using var topology = new RunningTopology(settings, options, stages, server, loggers);
        string answers = server is null ? "" : $", sessions on http://{server.Endpoint}/sessions";
        await Console.Out.WriteLineAsync($"topology started on {options.BootstrapServers}{answers}").ConfigureAwait(false);
        await topology.RunAsync(shutdown.Token).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
