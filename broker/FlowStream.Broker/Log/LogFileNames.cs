using System.Globalization;

namespace FlowStream.Broker.Log;

/// <summary>
/// Names in a log's directory. <c>(offset).log</c> segments, <c>(offset).index</c> what is known of a closed segment,
/// <c>(offset).snapshot</c>
/// producers as of an offset, <c>checkpoint</c>, <c>clean-shutdown</c>; unfinished: <c>.tmp</c>, <c>.cleaned</c>, <c>(from)-(to).swap</c>.
/// </summary>
internal static class LogFileNames
{
    /// <summary>Records.</summary>
    public const string LogSuffix = ".log";

    /// <summary>Index and aborted transactions of a segment.</summary>
    public const string IndexSuffix = ".index";

    /// <summary>Producer states.</summary>
    public const string SnapshotSuffix = ".snapshot";

    /// <summary>A file being written.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>A compacted segment being written.</summary>
    public const string CleanedSuffix = ".cleaned";

    /// <summary>A compacted segment that counts: whatever it covers is to be deleted.</summary>
    public const string SwapSuffix = ".swap";

    /// <summary>Log start and compaction point.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Present when the log was closed in order.</summary>
    public const string CleanShutdown = "clean-shutdown";

    /// <summary>20 digits, so that names sort as offsets do.</summary>
    public static string Of(string directory, long offset, string suffix) => Path.Combine(directory, Digits(offset) + suffix);

    /// <summary>A compacted segment and the offsets it stands for, end excluded.</summary>
    public static string Swap(string directory, long from, long to) => Path.Combine(directory, $"{Digits(from)}-{Digits(to)}{SwapSuffix}");

    /// <summary>The offset in a name with that suffix; false when it is not such a name.</summary>
    public static bool TryParse(string path, string suffix, out long offset)
    {
        offset = 0;
        string name = Path.GetFileName(path);
        return name.Length == 20 + suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)
            && TryDigits(name.AsSpan(0, 20), out offset);
    }

    /// <summary>The offsets in the name of a swap file; false when it is not one.</summary>
    public static bool TryParseSwap(string path, out long from, out long to)
    {
        (from, to) = (0, 0);
        string name = Path.GetFileName(path);
        return name.Length == 41 + SwapSuffix.Length && name[20] == '-' && name.EndsWith(SwapSuffix, StringComparison.Ordinal)
            && TryDigits(name.AsSpan(0, 20), out from) && TryDigits(name.AsSpan(21, 20), out to);
    }

    private static string Digits(long offset) => offset.ToString("D20", CultureInfo.InvariantCulture);

    private static bool TryDigits(ReadOnlySpan<char> digits, out long value) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
