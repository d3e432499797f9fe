using Xunit.Abstractions;

namespace FlowStream.Broker.Tests.Log;

/// <summary>Random actions on a log and on a model of it, which must agree after each. A failure names its seed.</summary>
public sealed class LogModelTests(ITestOutputHelper output)
{
    private const int Runs = 30;
    private const int Steps = 100;

    [Fact]
    public void A_log_agrees_with_its_model_after_every_action()
    {
        int start = Random.Shared.Next(1 << 30);
        output.WriteLine($"seeds {start}..{start + Runs - 1}");
        for (int seed = start; seed < start + Runs; seed++)
        {
            using var run = new LogModelRun(seed);
            for (int step = 0; step < Steps; step++)
                run.Step(step);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_comparison_notices_a_planted_fault(int fault)
    {
        using var run = new LogModelRun(11);
        for (int step = 0; step < 40; step++)
            run.Step(step);
        run.Plant(fault);
        // Reads begin at random offsets, and not each of them sees the fault.
        Assert.ThrowsAny<Exception>(() =>
        {
            for (int i = 0; i < 50; i++)
                run.Compare();
        });
    }
}
