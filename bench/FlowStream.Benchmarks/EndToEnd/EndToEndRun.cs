using System.Diagnostics;
using System.Text;
using FlowStream.Parsing;
using FlowStream.Producers.Kafka;
using FlowStream.Producers.Simulation;
using FlowStream.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>
/// Fills the raw topic with simulated messages, then lets <c>flowstream topology</c>, in a process of its own, take them to the end.
/// </summary>
internal sealed class EndToEndRun
{
    private const string Application = "flowstream";

    // Offsets are looked at this often: a hundredth of the shortest run, and nothing against the work of the stages.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // Without progress for this long the stages have stopped.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BrokerProcess _broker;
    private readonly RawTopicOptions _raw;
    private readonly ExpectedCounts _expected = new();

    private EndToEndRun(BrokerProcess broker)
    {
        _broker = broker;
        _raw = new RawTopicOptions { Bootstrap = broker.Endpoint };
    }

    /// <summary>Runs once.</summary>
    /// <param name="broker">A broker that nothing was written to.</param>
    /// <param name="options">The messages.</param>
    /// <exception cref="InvalidDataException">The topics do not hold what they must.</exception>
    public static async Task<EndToEndThroughput> MeasureAsync(BrokerProcess broker, SimulationOptions options)
    {
        var run = new EndToEndRun(broker);
        long messages = await run.FillAsync(options).ConfigureAwait(false);
        return await run.DrainAsync(messages).ConfigureAwait(false);
    }

    private async Task<long> FillAsync(SimulationOptions options)
    {
        await RawTopicCreation.EnsureAsync(_raw).ConfigureAwait(false);
        using var topic = new RawTopicProducer(_raw, NullLogger.Instance);
        byte[] noKey = Encoding.ASCII.GetBytes("bench");
        var simulator = new TrafficSimulator(options, _expected);
        while (simulator.MoveNext())
            while (!TrySend(topic, simulator, noKey)) await topic.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        topic.Drain(Patience);
        return topic.Counters.Acknowledged == topic.Counters.Taken
            ? topic.Counters.Taken
            : throw new InvalidDataException("The broker did not take every message.");
    }

    private static bool TrySend(RawTopicProducer topic, TrafficSimulator simulator, byte[] noKey)
    {
        Span<byte> key = stackalloc byte[FlowKey.MaxBytes];
        byte[] recordKey = FlowKey.TryWrite(simulator.Line.Span, key, out int written) ? key[..written].ToArray() : noKey;
        return topic.TrySend(recordKey, simulator.Line.Span, DateTimeOffset.FromUnixTimeMilliseconds(simulator.TimestampMs), null);
    }

    private async Task<EndToEndThroughput> DrainAsync(long messages)
    {
        DirectoryInfo state = Directory.CreateTempSubdirectory("flowstream-bench-state-");
        try
        {
            return await DrainAsync(messages, state.FullName).ConfigureAwait(false);
        }
        finally
        {
            state.Delete(true);
        }
    }

    private async Task<EndToEndThroughput> DrainAsync(long messages, string state)
    {
        TimeSpan brokerCpu = _broker.Process.Cpu;
        long began = Stopwatch.GetTimestamp();
        using var topology = FlowStreamProcess.Start(
            state, "topology started", "topology", "--bootstrap", _broker.Endpoint, "--state", state);
        (double rate, double secondHalf) = await FollowAsync(messages).ConfigureAwait(false);
        await WaitForWindowsAsync().ConfigureAwait(false);
        TimeSpan drained = Stopwatch.GetElapsedTime(began);
        return new EndToEndThroughput(
            messages, rate, secondHalf, drained, topology.Cpu, _broker.Process.Cpu - brokerCpu, topology.PeakMemory, CheckOutputs());
    }

    private async Task<(double Rate, double SecondHalf)> FollowAsync(long messages)
    {
        using var sessions = new GroupProgress(
            _broker.Endpoint, $"{Application}-{FlowStreamTopology.SessionsStage}", FlowTopics.Raw, _raw.Partitions);
        (long Count, long At) first = default, middle = default, last = (0, Stopwatch.GetTimestamp());
        while (last.Count < messages)
        {
            await Task.Delay(Look).ConfigureAwait(false);
            long count = sessions.Committed();
            if (count == last.Count)
            {
                if (Stopwatch.GetElapsedTime(last.At) > Patience) throw new TimeoutException($"The stages stopped after {count}.");
                continue;
            }
            last = (count, Stopwatch.GetTimestamp());
            if (first.Count == 0) first = last;
            if (middle.Count == 0 && count >= messages / 2) middle = last;
        }
        return (Rate(first, last), Rate(middle, last));
    }

    // Not a number when all came in one commit: too few messages to have a rate.
    private static double Rate((long Count, long At) from, (long Count, long At) to) =>
        to.At > from.At ? (to.Count - from.Count) / Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds : double.NaN;

    private async Task WaitForWindowsAsync()
    {
        using var bandwidth = new GroupProgress(
            _broker.Endpoint,
            $"{Application}-{FlowStreamTopology.BandwidthStage}",
            FlowStreamTopology.PartialsTopic(Application),
            _raw.Partitions);
        long began = Stopwatch.GetTimestamp();
        while (!bandwidth.IsAtEnd())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException("The partial sums are not added up.");
            await Task.Delay(Look).ConfigureAwait(false);
        }
    }

    private int CheckOutputs()
    {
        (int records, int keys) = TopicCounts.Of(_broker.Endpoint, FlowTopics.Sessions, _raw.Partitions);
        (int denials, _) = TopicCounts.Of(_broker.Endpoint, FlowTopics.Denials, _raw.Partitions);
        (int dead, _) = TopicCounts.Of(_broker.Endpoint, FlowTopics.DeadLetter, _raw.Partitions);
        if (keys != _expected.Sessions || denials != _expected.Denials || dead != 0)
            throw new InvalidDataException(
                $"Expected {_expected.Sessions} sessions and {_expected.Denials} denials; found {keys}, {denials}, {dead} dead letters.");
        return records;
    }
}
