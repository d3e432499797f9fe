using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>Arbitrary histories of requests and pauses, most of them nonsense, as no client but every network sends them.</summary>
public sealed class ClassicGroupPropertyTests
{
    [Fact]
    public void Any_history_keeps_one_leader_exact_assignments_growing_generations_and_bounded_waits()
    {
        var scripts = Gen.ArrayOf(Gen.Choose(0, int.MaxValue)).ToArbitrary();
        Prop.ForAll(scripts, steps => new GroupHistory().Run(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(120));
    }

    [Fact]
    public void The_detector_sees_a_wrong_assignment()
    {
        var history = new GroupHistory { Assign = (_, _) => [1] };
        Assert.ThrowsAny<Exception>(() => history.Run([0, 1, 11]));
    }
}
