using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// What is added up for one key and window. In a partial any field may be negative, because what was booked may be taken back. Addition
/// wraps at 64 bits and never fails, so any order of the same additions gives the same sums.
/// </summary>
/// <param name="Volume">Bytes and packets.</param>
/// <param name="Opened">Sessions that began.</param>
/// <param name="Closed">Sessions that ended.</param>
/// <param name="Denied">Sessions refused.</param>
/// <param name="EstimatedBytes">Bytes, both directions, placed by spreading over more than one window.</param>
/// <param name="LateBytes">Bytes, both directions, whose own window was not kept any more.</param>
/// <param name="Active">Sessions that moved bytes, each counted once in a window, under the key of its first bytes there.</param>
/// <param name="ActiveInFive">Those of them that moved none earlier in the same five minutes.</param>
/// <param name="ActiveInHour">Those of them that moved none earlier in the same hour.</param>
/// <param name="ErrorBytes">Of top talkers: the most bytes that the row may lack; of the rest, that one pair in it may have.</param>
public readonly record struct WindowSums(
    Volume Volume, long Opened, long Closed, long Denied, long EstimatedBytes, long LateBytes, long Active = 0, long ActiveInFive = 0,
    long ActiveInHour = 0, long ErrorBytes = 0)
{
    /// <summary>True when every field is zero.</summary>
    public bool IsZero => Volume.IsZero
        && (Opened | Closed | Denied | EstimatedBytes | LateBytes | Active | ActiveInFive | ActiveInHour | ErrorBytes) == 0;

    /// <summary>Bytes in both directions.</summary>
    public long Bytes => Volume.BytesFromClient + Volume.BytesFromServer;

    /// <summary>The sum, field by field.</summary>
    public static WindowSums operator +(in WindowSums left, in WindowSums right) => new(
        left.Volume + right.Volume,
        left.Opened + right.Opened,
        left.Closed + right.Closed,
        left.Denied + right.Denied,
        left.EstimatedBytes + right.EstimatedBytes,
        left.LateBytes + right.LateBytes,
        left.Active + right.Active,
        left.ActiveInFive + right.ActiveInFive,
        left.ActiveInHour + right.ActiveInHour,
        left.ErrorBytes + right.ErrorBytes);

    /// <summary>The difference, field by field.</summary>
    public static WindowSums operator -(in WindowSums left, in WindowSums right) => new(
        left.Volume - right.Volume,
        left.Opened - right.Opened,
        left.Closed - right.Closed,
        left.Denied - right.Denied,
        left.EstimatedBytes - right.EstimatedBytes,
        left.LateBytes - right.LateBytes,
        left.Active - right.Active,
        left.ActiveInFive - right.ActiveInFive,
        left.ActiveInHour - right.ActiveInHour,
        left.ErrorBytes - right.ErrorBytes);

    /// <summary>The sums of one share of a delta.</summary>
    /// <param name="share">The share.</param>
    /// <param name="sign">+1 to book, -1 to take back.</param>
    /// <param name="activeMs">The last millisecond before it in which the session moved bytes, or -1.</param>
    internal static WindowSums Of(in WindowShare share, int sign, long activeMs)
    {
        Volume volume = sign < 0 ? default(Volume) - share.Volume : share.Volume;
        var sums = new WindowSums(volume, 0, 0, 0, sign * share.EstimatedBytes, sign * share.LateBytes);
        if (!share.Volume.HasBytes || (activeMs >= 0 && TumblingWindows.OneMinute.IndexOf(activeMs) == share.Window)) return sums;
        long startMs = TumblingWindows.OneMinute.StartOf(share.Window);
        return sums with
        {
            Active = sign,
            ActiveInFive = IsFirstIn(TumblingWindows.FiveMinutes, startMs, activeMs) ? sign : 0,
            ActiveInHour = IsFirstIn(TumblingWindows.OneHour, startMs, activeMs) ? sign : 0,
        };
    }

    /// <summary>The sums of sessions counted.</summary>
    /// <param name="count">What is counted.</param>
    /// <param name="number">How many; negative to take back.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is none that is known.</exception>
    internal static WindowSums Of(SessionCount count, int number) => count switch
    {
        SessionCount.Opened => new WindowSums(default, number, 0, 0, 0, 0),
        SessionCount.Closed => new WindowSums(default, 0, number, 0, 0, 0),
        SessionCount.Denied => new WindowSums(default, 0, 0, number, 0, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(count), count, "Not a count."),
    };

    private static bool IsFirstIn(TumblingWindows windows, long startMs, long activeMs) =>
        activeMs < 0 || windows.IndexOf(activeMs) != windows.IndexOf(startMs);
}
