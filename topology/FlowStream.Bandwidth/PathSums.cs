namespace FlowStream.Bandwidth;

/// <summary>What was measured of one property of a path.</summary>
/// <param name="Count">How many messages state it.</param>
/// <param name="Min">Lowest value; 0 without a message.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Sum">Sum of the messages' values.</param>
internal readonly record struct PathSums(long Count, long Min, long Max, long Sum)
{
    /// <summary>Highest value that counts: 32 bits, and all of them set means that there is no measurement.</summary>
    public const long MaxValue = uint.MaxValue - 1;

    /// <summary>The mean, rounded to the nearest.</summary>
    public long Mean => Count == 0 ? 0 : (Sum + (Count / 2)) / Count;

    /// <summary>True when these can be sums of <see cref="Count"/> values; the bytes that they were read from may be damaged.</summary>
    public bool IsPossible => Count == 0
        ? (Min | Max | Sum) == 0
        : Count is > 0 and <= int.MaxValue && Min >= 0 && Min <= Max && Max <= MaxValue && Sum >= Count * Min && Sum <= Count * Max;

    /// <summary>What was measured in both.</summary>
    public static PathSums operator +(in PathSums left, in PathSums right) => left.Count == 0 ? right : right.Count == 0 ? left : new(
        Math.Min(int.MaxValue, left.Count + right.Count),
        Math.Min(left.Min, right.Min),
        Math.Max(left.Max, right.Max),
        left.Sum + right.Sum);
}
