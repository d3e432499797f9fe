using FlowStream.Sessions;

namespace FlowStream.Bandwidth.Tests;

/// <summary>Draws deltas of every kind: of no length, inside a window, over many, with volumes of every magnitude.</summary>
internal static class DeltaGenerator
{
    public const long Base = 1_777_624_000_000;

    public static VolumeDelta Draw(Random random, long longestMs = 6 * 3_600_000)
    {
        long from = Base + random.NextInt64(3_600_000);
        long length = random.Next(4) switch
        {
            0 => 0,
            1 => random.NextInt64(60_000),
            2 => random.NextInt64(10 * 60_000),
            _ => random.NextInt64(longestMs),
        };
        return new VolumeDelta(1, from, from + length, DrawVolume(random));
    }

    public static Volume DrawVolume(Random random) => new(Amount(random), Amount(random), Amount(random), Amount(random));

    private static long Amount(Random random) => random.NextInt64() >> random.Next(20, 64);
}
