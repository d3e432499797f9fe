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
public readonly record struct WindowSums(
    Volume Volume, long Opened, long Closed, long Denied, long EstimatedBytes, long LateBytes)
{
    /// <summary>True when every field is zero.</summary>
    public bool IsZero => Volume.IsZero && (Opened | Closed | Denied | EstimatedBytes | LateBytes) == 0;

    /// <summary>Bytes in both directions.</summary>
    public long Bytes => Volume.BytesFromClient + Volume.BytesFromServer;

    /// <summary>The sum, field by field.</summary>
    public static WindowSums operator +(in WindowSums left, in WindowSums right) => new(
        left.Volume + right.Volume,
        left.Opened + right.Opened,
        left.Closed + right.Closed,
        left.Denied + right.Denied,
        left.EstimatedBytes + right.EstimatedBytes,
        left.LateBytes + right.LateBytes);

    /// <summary>The sums of one share of a delta.</summary>
    /// <param name="share">The share.</param>
    /// <param name="sign">+1 to book, -1 to take back.</param>
    internal static WindowSums Of(in WindowShare share, int sign)
    {
        Volume volume = sign < 0 ? default(Volume) - share.Volume : share.Volume;
        return new WindowSums(volume, 0, 0, 0, sign * share.EstimatedBytes, sign * share.LateBytes);
    }

    /// <summary>The sums of one session counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is none that is known.</exception>
    internal static WindowSums Of(SessionCount count, int sign) => count switch
    {
        SessionCount.Opened => new WindowSums(default, sign, 0, 0, 0, 0),
        SessionCount.Closed => new WindowSums(default, 0, sign, 0, 0, 0),
        SessionCount.Denied => new WindowSums(default, 0, 0, sign, 0, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(count), count, "Not a count."),
    };
}
