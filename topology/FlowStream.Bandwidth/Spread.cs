using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// Spreads one delta over the windows it crosses, evenly in time and exactly in integers: the shares of every counter sum to the delta's.
/// Enumerated with <c>foreach</c>; allocates nothing.
/// </summary>
/// <remarks>
/// The share of a window is the difference of two running floors, floor(B*t/T) at its end less that at its start, so no remainder is left
/// whatever the cuts are. The product has 128 bits. A delta of no length goes to the window that holds its start. Two deltas with the
/// same interval and volume have the same shares, which is what lets one be taken back.
/// </remarks>
public struct Spread
{
    /// <summary>
    /// Most windows that one delta touches: a day of minutes, as long as windows are kept. What a longer delta moved before that goes to
    /// the oldest of them and counts as late, so that a device which claims a session of years costs no more than one of a day.
    /// </summary>
    public const int MaxWindows = 1440;

    private readonly TumblingWindows _windows;
    private readonly Volume _volume;
    private readonly long _from;
    private readonly long _to;
    private readonly long _last;
    private readonly bool _single;
    private long _skippedBytes;
    private long _next;
    private Volume _before;

    /// <summary>Prepares the shares of <paramref name="delta"/>; its sign plays no part.</summary>
    /// <param name="delta">What moved. An interval that ends before it starts is taken as one of no length.</param>
    /// <param name="windows">The windows to spread over.</param>
    public Spread(in VolumeDelta delta, TumblingWindows windows)
    {
        _windows = windows;
        _volume = delta.Volume;
        _from = Math.Clamp(delta.FromMs, 0, TumblingWindows.LastMs);
        _to = Math.Clamp(delta.ToMs, 0, TumblingWindows.LastMs);
        _next = windows.IndexOf(_from);
        _last = _to > _from ? windows.IndexOf(_to - 1) : _next;
        _single = _last == _next;
        if (_last - _next < MaxWindows) return;
        _next = _last - MaxWindows + 1;
        Volume skipped = UpTo(windows.StartOf(_next));
        _skippedBytes = skipped.BytesFromClient + skipped.BytesFromServer;
    }

    /// <summary>The share that <see cref="MoveNext"/> found.</summary>
    public WindowShare Current { get; private set; }

    /// <summary>Says at once what most deltas come to: all of it in one window.</summary>
    /// <param name="delta">What moved.</param>
    /// <param name="windows">The windows to spread over.</param>
    /// <param name="whole">The only share there is; means nothing when there are several.</param>
    /// <returns>False when there are several.</returns>
    public static bool IsWhole(in VolumeDelta delta, TumblingWindows windows, out WindowShare whole)
    {
        long window = windows.IndexOf(delta.FromMs);
        whole = new WindowShare(window, delta.Volume, 0, 0);
        return Math.Clamp(delta.ToMs, 0, TumblingWindows.LastMs) <= windows.EndOf(window);
    }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly Spread GetEnumerator() => this;

    /// <summary>Goes to the next window, in order of time.</summary>
    /// <returns>False after the last.</returns>
    public bool MoveNext()
    {
        if (_next > _last) return false;
        if (_single)
        {
            Current = new WindowShare(_next++, _volume, 0, 0);
            return true;
        }
        Volume upTo = UpTo(Math.Min(_windows.EndOf(_next), _to));
        Volume share = upTo - _before;
        Current = new WindowShare(_next, share, share.BytesFromClient + share.BytesFromServer, _skippedBytes);
        _skippedBytes = 0;
        _before = upTo;
        _next++;
        return true;
    }

    private readonly Volume UpTo(long timeMs)
    {
        ulong elapsed = (ulong)(timeMs - _from);
        ulong length = (ulong)(_to - _from);
        return new Volume(
            Part(_volume.BytesFromClient, elapsed, length),
            Part(_volume.BytesFromServer, elapsed, length),
            Part(_volume.PacketsFromClient, elapsed, length),
            Part(_volume.PacketsFromServer, elapsed, length));
    }

    private static long Part(long total, ulong elapsed, ulong length)
    {
        ulong high = Math.BigMul((ulong)total, elapsed, out ulong low);
        // 64 bits hold the product of all but absurd volumes, and their division is many times faster.
        return high == 0 ? (long)(low / length) : (long)(ulong)(new UInt128(high, low) / length);
    }
}
