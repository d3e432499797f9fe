using System.CommandLine;
using Confluent.Kafka;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Topology;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream tail</c>: a topic as JSON lines.</summary>
internal static class TailCommand
{
    // How long a signal to stop may go unnoticed while nothing comes.
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var topic = new Argument<string>("TOPIC") { Description = $"One of {string.Join(", ", FlowTopics.All)}, or any other topic." };
        Option<string?> bootstrap = CommonOptions.Bootstrap();
        var fromBeginning =
            new Option<bool>("--from-beginning") { Description = "Start with the oldest record kept. Default: only new ones." };
        var exitAtEnd =
            new Option<bool>("--exit-at-end") { Description = "Stop when all there was has been printed. Default: wait for more." };
        var command = new Command(
            "tail",
            """
            Print the committed records of a topic as JSON lines: {"topic":...,"key":...,"value":{...}}.

            Example:  flowstream tail flow.sessions.v1 --from-beginning --exit-at-end
            """)
        {
            topic,
            bootstrap,
            fromBeginning,
            exitAtEnd,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(topic)!, parsed.GetValue(bootstrap), parsed.GetValue(fromBeginning), parsed.GetValue(exitAtEnd)));
        return command;
    }

    private static int Run(string topic, string? bootstrap, bool fromBeginning, bool exitAtEnd)
    {
        KafkaSettings kafka = SettingsReader.Read().Kafka;
        string servers = bootstrap ?? kafka.Bootstrap;
        using var shutdown = new ShutdownSignal();
        return KafkaCalls.Run(servers, () =>
        {
            using var reader = new TopicReader(servers, kafka.Client, topic, fromBeginning);
            using var json = new TopicJson();
            using Stream output = new BufferedStream(Console.OpenStandardOutput());
            while (!shutdown.Token.IsCancellationRequested && !(exitAtEnd && reader.AtEnd))
            {
                ConsumeResult<byte[], byte[]>? record = reader.Next(Wait);
                if (record is null) output.Flush();
                else Print(record, json, output);
            }
            return ExitCode.Success;
        });
    }

    private static void Print(ConsumeResult<byte[], byte[]> record, TopicJson json, Stream output)
    {
        try
        {
            output.Write(json.Line(record.Topic, record.Message.Key, record.Message.Value, TopicReader.HeadersOf(record)));
            output.WriteByte((byte)'\n');
        }
        catch (InvalidDataException failure)
        {
            output.Flush();
            throw new CommandFailedException($"{record.TopicPartitionOffset} is no record of its schema: {failure.Message}", failure);
        }
    }
}
