using Confluent.Kafka;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Queries.Instances;

namespace FlowStream.Cli.OpenSessions;

/// <summary>Asks the instances that run on a Kafka, found from its address alone.</summary>
internal static class RunningInstances
{
    private const string AdminPrefix = "admin.";

    /// <summary>
    /// Gives their table to <paramref name="ask"/>, with what stops it; then fails when the answer was not whole, after all there is was
    /// shown.
    /// </summary>
    /// <exception cref="CommandFailedException">Kafka cannot be reached, or an instance did not answer.</exception>
    public static async Task<int> AskAsync(FlowStreamSettings settings, string? bootstrap, Func<MergedTable, CancellationToken, Task> ask)
    {
        using var shutdown = new ShutdownSignal();
        string servers = bootstrap ?? settings.Kafka.Bootstrap;
        var config = new AdminClientConfig { BootstrapServers = servers, ClientId = "flowstream-sessions" };
        foreach ((string name, string value) in settings.Kafka.Client)
        {
            bool isAdmins = name.StartsWith(AdminPrefix, StringComparison.Ordinal);
            if (!IsOfOthers(name)) config.Set(isAdmins ? name[AdminPrefix.Length..] : name, value);
        }
        using IAdminClient admin = KafkaCalls.Configure(() => new AdminClientBuilder(config).SetLogHandler((_, _) => { }).Build());
        var directory = new InstanceDirectory(admin, settings.Topology.ApplicationId);
        IReadOnlyList<Instance> instances = [];
        int tasks = 0;
        await KafkaCalls.RunAsync(servers, async () =>
        {
            instances = await directory.FindAsync().ConfigureAwait(false);
            tasks = directory.Tasks();
        }).ConfigureAwait(false);

        using var client = new InstanceClient();
        var table = new MergedTable(client, instances, tasks);
        try
        {
            await ask(table, shutdown.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop: an orderly end.
            return ExitCode.Success;
        }
        if (table.Gaps.Count > 0) throw new CommandFailedException($"this is not all: {string.Join("; ", table.Gaps)}");
        return ExitCode.Success;
    }

    // As in Kafka Streams, consumer.x and producer.x reach one kind of client only.
    private static bool IsOfOthers(string name) =>
        name.StartsWith("consumer.", StringComparison.Ordinal) || name.StartsWith("producer.", StringComparison.Ordinal);
}
