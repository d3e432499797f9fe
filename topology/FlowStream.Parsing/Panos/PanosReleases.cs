namespace FlowStream.Parsing.Panos;

/// <summary>
/// How many columns a line should have. Column 6 says the release: 256 times its major number plus its minor one (2561 is 10.1), or
/// <c>10.1</c> as text where a cloud service writes the log. It is documented as FUTURE_USE; that reading is inferred from what
/// devices print, and where it makes no sense the number of columns tells the release.
/// </summary>
internal static class PanosReleases
{
    // 4.0, the first release known, to a major number that is far off: anything else in column 6 is no release.
    private const int First = 0x0400;
    private const int Last = 0x1FFF;

    // Minor numbers went no higher than 2 in any release; damage seldom looks like one.
    private const int MaxMinor = 9;

    private static readonly int[] Releases = [.. Named().Select(c => c.FirstRelease).Distinct()];

    private static readonly int[] Counts = [.. Releases.Select(r => Named().Count(c => c.FirstRelease <= r))];

    /// <summary>True when the line of <paramref name="columns"/> columns has fewer than its release prints.</summary>
    /// <param name="release">What column 6 says.</param>
    /// <param name="columns">Number of columns of the line.</param>
    public static bool IsCut(ReadOnlySpan<byte> release, int columns)
    {
        if (columns >= PanosColumns.Count) return false;
        int number = Number(release);
        if (number is < First or > Last || (number & 0xFF) > MaxMinor) return !Counts.Contains(columns);
        int expected = 0;
        for (int i = 0; i < Releases.Length && Releases[i] <= number; i++) expected = Counts[i];
        return columns < expected;
    }

    /// <summary>True when some release prints exactly <paramref name="columns"/> columns.</summary>
    public static bool IsCount(int columns) => Counts.Contains(columns);

    private static IEnumerable<PanosColumn> Named() => PanosColumns.ByPosition.Skip(1).Take(PanosColumns.Count);

    private static int Number(ReadOnlySpan<byte> release)
    {
        int point = release.IndexOf((byte)'.');
        if (point < 0) return ValueReader.TryReadNumber(release, out ulong number) && number <= Last ? (int)number : 0;
        return ValueReader.TryReadNumber(release[..point], out ulong major) && major <= byte.MaxValue
            && ValueReader.TryReadNumber(release[(point + 1)..], out ulong minor) && minor <= MaxMinor
            ? ((int)major << 8) + (int)minor
            : 0;
    }
}
