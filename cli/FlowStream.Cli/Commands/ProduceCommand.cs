using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using Confluent.Kafka;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Producers;
using FlowStream.Producers.Kafka;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream produce</c>: syslog listeners in front of the raw topic.</summary>
internal static class ProduceCommand
{
    public static Command Create()
    {
        Option<string?> bootstrap = CommonOptions.Bootstrap();
        Option<ListenerAddress[]> listen = CommonOptions.Listen();
        var command = new Command(
            "produce",
            """
            Take syslog in and keep it in flow.raw.v1, each message as received, keyed by its flow.

            UDP: one message in each datagram (RFC 5426). TCP: octet counting and lines, told apart for each message (RFC 6587).
            While the broker cannot keep up, TCP senders are slowed down; datagrams are dropped and counted. SIGTERM takes what has
            arrived, waits for the broker and prints the account.

            Example:  flowstream produce --bootstrap kafka:9092 --listen udp://0.0.0.0:5514 --listen tcp://0.0.0.0:5514
            """)
        {
            bootstrap,
            listen,
        };
        command.SetAction(parsed => RunAsync(parsed.GetValue(bootstrap), parsed.GetValue(listen)!));
        return command;
    }

    private static async Task<int> RunAsync(string? bootstrap, ListenerAddress[] listeners)
    {
        FlowStreamSettings settings = SettingsReader.Read();
        RawTopicOptions raw = settings.RawTopic(bootstrap);
        using ILoggerFactory loggers = ConsoleLogging.Create();
        using var shutdown = new ShutdownSignal();
        await KafkaCalls.RunAsync(raw.Bootstrap, () => RawTopicCreation.EnsureAsync(raw)).ConfigureAwait(false);
        using RawTopicProducer topic = KafkaCalls.Configure(() => new RawTopicProducer(raw, loggers.CreateLogger<RawTopicProducer>()));
        using SyslogProducer producer = Bind(new ProducerOptions { Listeners = listeners }, topic, loggers);
        ProducerSummary.PrintListening(producer, Console.Out);
        long left = 0;
        await KafkaCalls.RunAsync(raw.Bootstrap, async () => left = await RunAsync(producer, shutdown.Token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return left == 0 ? ExitCode.Success : throw new CommandFailedException($"{left} records were not acknowledged by {raw.Bootstrap}.");
    }

    // The account is printed however the run ended: what was lost is in it.
    private static async Task<long> RunAsync(SyslogProducer producer, CancellationToken stopping)
    {
        try
        {
            return await producer.RunAsync(stopping).ConfigureAwait(false);
        }
        finally
        {
            ProducerSummary.Print(producer, Console.Out);
        }
    }

    internal static SyslogProducer Bind(ProducerOptions options, RawTopicProducer topic, ILoggerFactory loggers)
    {
        try
        {
            return new SyslogProducer(options, topic, TimeProvider.System, loggers.CreateLogger<SyslogProducer>());
        }
        catch (SocketException failure)
        {
            string addresses = string.Join(", ", options.Listeners);
            throw new CommandFailedException($"cannot listen on {addresses}: {failure.Message}. Choose another port.", failure);
        }
    }
}
