using FlowStream.Producers.Simulation;

namespace FlowStream.Producers.Tests.Simulation;

public sealed class SimulationRandomTests
{
    [Fact]
    public void The_sequence_of_a_seed_is_fixed()
    {
        // The first outputs of xoshiro256** after SplitMix64 from 0: state 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F,
        // 0xF88BB8A8724C81EC (SplitMix64's published first outputs), so the first result is rotl(0x6E789E6AA1B965F4 * 5, 7) * 9.
        ulong expected = System.Numerics.BitOperations.RotateLeft(unchecked(0x6E78_9E6A_A1B9_65F4UL * 5), 7) * 9;
        Assert.Equal(expected, new SimulationRandom(0).NextBits());
    }

    [Fact]
    public void Means_and_tails_are_those_of_the_distributions()
    {
        const int Draws = 200_000;
        var random = new SimulationRandom(1);
        double exponential = 0;
        int heavy = 0, veryHeavy = 0, chance = 0, die = 0;
        for (int i = 0; i < Draws; i++)
        {
            exponential += random.Exponential(10);
            if (random.HeavyTail(1) > 8) heavy++;
            if (random.VeryHeavyTail(1) > 8) veryHeavy++;
            if (random.Chance(0.2)) chance++;
            if (random.Next(6) == 5) die++;
        }
        Assert.InRange(exponential / Draws, 9.9, 10.1);
        Assert.InRange((double)heavy / Draws, 0.060, 0.065);
        Assert.InRange((double)veryHeavy / Draws, 0.245, 0.255);
        Assert.InRange((double)chance / Draws, 0.195, 0.205);
        Assert.InRange((double)die / Draws, 0.163, 0.170);
    }

    [Fact]
    public void Draws_stay_within_their_bounds()
    {
        var random = new SimulationRandom(2);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.InRange(random.Next(3), 0, 2);
            Assert.InRange(random.Between(-5, 5), -5, 5);
            Assert.True(random.HeavyTail(2) >= 2);
            Assert.False(random.Chance(0));
            Assert.True(random.Chance(1));
        }
    }
}
