using System.CommandLine;
using System.Net;
using FlowStream.Broker;
using FlowStream.Cli.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream broker</c>: the embedded broker alone.</summary>
internal static class BrokerCommand
{
    public static Command Create()
    {
        Option<IPEndPoint> listen = CommonOptions.Endpoint("--listen", "Where Kafka clients connect.", "127.0.0.1:9092");
        var data = new Option<string>("--data")
        {
            Description = "Directory of the logs; one broker at a time. Default: ./data/broker.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("data", "broker"),
        };
        var command = new Command(
            "broker",
            """
            Run the embedded broker alone: one node that speaks the Kafka protocol, for development, tests and one-machine use.

            Every Kafka client can use it: producers with idempotence and transactions, consumer groups, admin tools. It survives
            kill -9. For more than one machine run Apache Kafka instead and change only --bootstrap.

            Example:  flowstream broker --listen 127.0.0.1:9092 --data ./data/broker
            """)
        {
            listen,
            data,
        };
        command.SetAction(parsed => RunAsync(parsed.GetValue(listen)!, parsed.GetValue(data)!));
        return command;
    }

    private static async Task<int> RunAsync(IPEndPoint listen, string data)
    {
        using ILoggerFactory loggers = ConsoleLogging.Create();
        using var shutdown = new ShutdownSignal();
        await using EmbeddedBroker broker = await BrokerStart.RunAsync(listen, data, loggers).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"broker ready on {broker.Endpoint}").ConfigureAwait(false);
        await shutdown.WaitAsync().ConfigureAwait(false);
        return ExitCode.Success;
    }
}
