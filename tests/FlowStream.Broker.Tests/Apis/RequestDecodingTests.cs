using System.Buffers;
using FlowStream.Broker.Groups;
using FlowStream.Broker.Server;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>
/// What every request decoder owes, whatever bytes come: an answer or a closed connection, no exception, no memory beyond measure.
/// </summary>
public sealed class RequestDecodingTests
{
    // A decoder may make objects of what it reads: one per few bytes at worst. A believed length of 2^31 would be thousands of times this.
    private const int AllocationBase = 256 * 1024;
    private const int AllocationPerByte = 64;

    [Fact]
    public async Task Every_sample_is_answered_and_trailing_bytes_are_ignored()
    {
        foreach (var (key, version, body) in Samples())
        {
            using var harness = NewHarness();
            await harness.AskAsync(key, version, body);
            Assert.Equal(DispatchOutcome.Send, await harness.DispatchAsync([.. harness.Frame(key, version, body), 0, 0, 0]));
        }
    }

    [Fact]
    public async Task Every_proper_prefix_of_a_request_is_malformed()
    {
        using var harness = NewHarness();
        foreach (var (key, version, body) in Samples())
        {
            foreach (var prefix in MemoryShapes.Prefixes(harness.Frame(key, version, body)))
                Assert.True(await harness.DispatchAsync(prefix) == DispatchOutcome.Malformed, $"{key} v{version}, {prefix.Length} bytes");
        }
    }

    [Fact]
    public void Damaged_requests_are_answered_or_malformed_and_cost_little() => Properties.WithSeed(seed =>
    {
        using var harness = NewHarness();
        var random = new Random((int)seed);
        foreach (var (key, version, body) in Samples())
        {
            var frame = harness.Frame(key, version, body);
            for (var round = 0; round < 100; round++)
                Dispatch(harness, Damage(frame, random));
        }
    });

    [Fact]
    public void Random_bodies_are_answered_or_malformed_and_cost_little() => Properties.WithSeed(seed =>
    {
        using var harness = NewHarness();
        var random = new Random((int)seed);
        foreach (var (key, version, _) in Samples())
        {
            for (var round = 0; round < 50; round++)
            {
                var body = new byte[random.Next(200)];
                random.NextBytes(body);
                Dispatch(harness, harness.Frame(key, version, writer => writer.Write(body)));
            }
        }
    });

    private static BrokerHarness NewHarness()
    {
        // A group without room answers every JoinGroup at once.
        var harness = new BrokerHarness(
            options => options with { MaxFetchWait = TimeSpan.Zero, MaxPartitions = 16, Groups = new GroupOptions { MaxMembers = 0 } },
            withCoordinators: true);
        Assert.Equal(ErrorCode.None, harness.Topics.Create("t", partitions: 2, new Dictionary<string, string>()).Error);
        return harness;
    }

    private static IEnumerable<(ApiKey Key, short Version, Action<KafkaWriter> Body)> Samples()
    {
        using var harness = new BrokerHarness(withCoordinators: true);
        foreach (var versions in harness.Registry.Handlers.Select(handler => handler.Versions))
        {
            for (var version = versions.Min; version <= versions.Max; version++)
            {
                var body = SampleRequests.Of(versions.Key, version) ?? CoordinatorRequests.Of(versions.Key, version);
                yield return (versions.Key, version, body!);
            }
        }
    }

    private static void Dispatch(BrokerHarness harness, byte[] frame)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var dispatched = harness.DispatchAsync(frame).AsTask();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(dispatched.IsCompletedSuccessfully);
        Assert.NotEqual(DispatchOutcome.Close, dispatched.Result);
        Assert.DoesNotContain(harness.Loggers.Lines, line => line.Level >= LogLevel.Error);
        Assert.InRange(allocated, 0, AllocationBase + (AllocationPerByte * frame.Length));
    }

    private static byte[] Damage(byte[] frame, Random random)
    {
        var damaged = (byte[])frame.Clone();
        // The key, version and correlation id stay, so that the damage reaches the decoder.
        for (var count = random.Next(1, 5); count > 0; count--)
            damaged[random.Next(8, damaged.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
        return random.Next(4) == 0 ? damaged[..random.Next(8, damaged.Length)] : damaged;
    }
}
