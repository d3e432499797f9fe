using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>
/// Random histories of two transactional ids, their zombies, timeouts and crashes against a model that is a few lists: what a
/// read_committed reader may see of each partition, and the group's offset.
/// </summary>
public sealed class TransactionModelTests
{
    [Fact]
    public void Any_history_shows_exactly_what_was_committed()
    {
        var steps = Gen.ArrayOf(Gen.Choose(0, int.MaxValue)).ToArbitrary();
        Properties.Check(steps, static history => Run(history, honest: true), count: 25);
    }

    [Fact]
    public void The_detector_sees_a_lost_commit() =>
        Assert.ThrowsAny<Exception>(() => Run([0, 1, 4], honest: false));

    private static void Run(int[] steps, bool honest)
    {
        using var system = new TransactionHistory { Honest = honest };
        foreach (var step in steps)
            system.Take(step);
        system.Finish();
    }
}
