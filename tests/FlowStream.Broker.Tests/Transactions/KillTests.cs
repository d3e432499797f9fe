using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;
using FlowStream.Testing.Broker;
using FlowStream.Testing.ForeignClients;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>The broker's process is killed with -9 while clients work. Does not apply to a Kafka outside.</summary>
public sealed class KillTests
{
    private const int Kills = 4;
    private const int RecordsPerTransaction = 5;

    [Fact]
    public async Task A_broker_killed_during_a_produce_loop_loses_nothing_acknowledged_and_repeats_nothing()
    {
        if (BrokerFixture.IsExternal)
            return;
        await using var broker = await StartAsync();
        using var producer = Clients.Idempotent(broker.Bootstrap);
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<(long Offset, string Value)>();
        var loop = ProduceLoopAsync(producer, acknowledged, stop.Token);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await WaitUntilAsync(() => acknowledged.Count >= kill * 200, loop);
            await broker.KillAsync();
            await broker.StartAsync();
        }

        var before = acknowledged.Count;
        await WaitUntilAsync(() => acknowledged.Count >= before + 200, loop);
        await stop.CancelAsync();
        await loop;
        var stored = Clients.ReadAll(broker.Bootstrap, "loop", IsolationLevel.ReadUncommitted);
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.All(acknowledged, sent => Assert.Equal(sent.Value, stored[(int)sent.Offset]));
    }

    [Fact]
    public async Task A_broker_killed_during_transactions_keeps_the_committed_ones_whole_and_shows_nothing_of_the_others()
    {
        if (BrokerFixture.IsExternal)
            return;
        await using var broker = await StartAsync();
        var committed = new ConcurrentQueue<int>();
        var unknown = new ConcurrentQueue<int>();
        using var stop = new CancellationTokenSource();
        var loop = Task.Run(() => TransactionLoop(broker.Bootstrap, committed, unknown, stop.Token));
        for (var kill = 1; kill <= Kills; kill++)
        {
            await WaitUntilAsync(() => committed.Count >= kill * 10, loop);
            await broker.KillAsync();
            await broker.StartAsync();
        }

        var before = committed.Count;
        await WaitUntilAsync(() => committed.Count >= before + 10, loop);
        await stop.CancelAsync();
        await loop;
        var seen = Clients.ReadAll(broker.Bootstrap, "transactions")
            .CountBy(value => int.Parse(value.Split('-')[0], CultureInfo.InvariantCulture))
            .ToDictionary();
        Assert.All(seen, batch => Assert.Equal(RecordsPerTransaction, batch.Value));
        Assert.All(committed, number => Assert.Contains(number, seen.Keys));
        // A commit whose answer was lost may or may not have happened; every third one was aborted.
        Assert.All(seen.Keys, number => Assert.True(number % 3 != 0 && (committed.Contains(number) || unknown.Contains(number))));
    }

    private static Task<BrokerProcess> StartAsync() => BrokerProcess.StartAsync(
        static (data, port) => ForeignClient.Dotnet(
            Path.Combine(AppContext.BaseDirectory, "FlowStream.Broker.Host.dll"), data, port.ToString(CultureInfo.InvariantCulture)),
        static line => line.StartsWith("listening", StringComparison.Ordinal));

    private static async Task ProduceLoopAsync(
        IProducer<string, string> producer, ConcurrentQueue<(long Offset, string Value)> acknowledged, CancellationToken stop)
    {
        var partition = new Confluent.Kafka.TopicPartition("loop", 0);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var value = number.ToString(CultureInfo.InvariantCulture);
            var message = new Message<string, string> { Key = value, Value = value };
            var report = await producer.ProduceAsync(partition, message, CancellationToken.None);
            acknowledged.Enqueue((report.Offset.Value, value));
        }
    }

    private static void TransactionLoop(
        string bootstrap, ConcurrentQueue<int> committed, ConcurrentQueue<int> unknown, CancellationToken stop)
    {
        var number = 0;
        while (!stop.IsCancellationRequested)
        {
            // As a stage does: whatever goes wrong, a new producer under the same id starts from a clean state.
            using var producer = Clients.Transactional(bootstrap, "loop");
            try
            {
                producer.InitTransactions(Clients.Limit);
                while (!stop.IsCancellationRequested)
                    RunTransaction(producer, ++number, committed);
            }
            catch (KafkaException)
            {
                unknown.Enqueue(number);
            }
        }
    }

    private static void RunTransaction(IProducer<string, string> producer, int number, ConcurrentQueue<int> committed)
    {
        producer.BeginTransaction();
        producer.Send("transactions", [.. Enumerable.Range(0, RecordsPerTransaction).Select(record => $"{number}-{record}")]);
        if (number % 3 == 0)
        {
            producer.Flush(Clients.Limit);
            producer.AbortTransaction(Clients.Limit);
            return;
        }

        producer.CommitTransaction(Clients.Limit);
        committed.Enqueue(number);
    }

    private static async Task WaitUntilAsync(Func<bool> reached, Task loop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!reached())
        {
            if (loop.IsCompleted)
                await loop;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
