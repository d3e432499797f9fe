using System.Numerics;

namespace FlowStream.Producers.Simulation;

/// <summary>
/// The generator xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64, and the distributions drawn from it. Only integer
/// arithmetic and the IEEE 754 operations that are rounded exactly (+ - * / sqrt) are used, never the platform's mathematical library, so
/// that a seed gives the same numbers on every machine.
/// </summary>
internal sealed class SimulationRandom
{
    private const double UnitOf53Bits = 1.0 / (1UL << 53);
    private const double Ln2 = 0.693147180559945309417232121458;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    public SimulationRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 up to but not including <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public long Between(long first, long last) => first + (long)Math.BigMul(NextBits(), (ulong)(last - first + 1), out _);

    /// <summary>True with probability <paramref name="share"/>.</summary>
    public bool Chance(double share) => (NextBits() >> 11) * UnitOf53Bits < share;

    /// <summary>One of <paramref name="items"/>.</summary>
    public T Pick<T>(T[] items) => items[Next(items.Length)];

    /// <summary>Exponentially distributed around <paramref name="mean"/>: the time to the next of many independent arrivals.</summary>
    public double Exponential(double mean) => -Ln(Unit()) * mean;

    /// <summary>Pareto distributed from <paramref name="least"/> with exponent 4/3: most near it, the mean four times it.</summary>
    public double HeavyTail(double least)
    {
        double root = Math.Sqrt(Unit());
        return least / (root * Math.Sqrt(root));
    }

    /// <summary>Pareto distributed from <paramref name="least"/> with exponent 2/3: one in a hundred above a thousand times it.</summary>
    public double VeryHeavyTail(double least)
    {
        double unit = Unit();
        return least / (unit * Math.Sqrt(unit));
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    // Above 0 and at most 1, so that it can be divided by.
    private double Unit() => ((NextBits() >> 11) + 1) * UnitOf53Bits;

    // ln(m * 2^e) = e ln 2 + 2 atanh((m-1)/(m+1)); the series has reached double precision after 17 terms for m below 2.
    private static double Ln(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        double s = (mantissa - 1) / (mantissa + 1), square = s * s, sum = 0;
        for (int n = 33; n >= 1; n -= 2) sum = (sum * square) + (1.0 / n);
        return (exponent * Ln2) + (2 * s * sum);
    }
}
