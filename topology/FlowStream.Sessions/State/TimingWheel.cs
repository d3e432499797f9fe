using System.Numerics;

namespace FlowStream.Sessions.State;

/// <summary>
/// A hierarchical timing wheel over slot numbers, exact to the millisecond: arming, moving and cancelling are O(1).
/// <list type="bullet">
/// <item>8 levels of 64 buckets; a bucket of level L spans 64^L ms, together 2^48 ms from 1970: every timestamp that can occur.</item>
/// <item>A timer is on the level of the highest 6-bit digit in which its deadline differs from the wheel's time.</item>
/// <item>One bit per bucket says whether it holds anything, so empty time is skipped, not walked.</item>
/// <item>Each timer moves down at most once per level before it fires.</item>
/// </list>
/// </summary>
internal sealed class TimingWheel
{
    /// <summary>Latest time the wheel can hold; later deadlines are taken as this.</summary>
    public const long MaxTime = (1L << (DigitBits * Levels)) - 1;

    private const int DigitBits = 6;
    private const int Buckets = 1 << DigitBits;
    private const int Levels = 8;

    private readonly PagedArray<SessionSlot> _slots;
    private readonly int[] _heads = new int[Levels * Buckets];
    private readonly ulong[] _occupied = new ulong[Levels];
    private long _time;
    private int[] _due = new int[64];

    /// <summary>Makes a wheel whose timers lie in <paramref name="slots"/>.</summary>
    public TimingWheel(PagedArray<SessionSlot> slots) => _slots = slots;

    /// <summary>Number of armed timers.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// A lower bound of the earliest deadline, later than the time passed; <see cref="long.MaxValue"/> when none is armed.
    /// </summary>
    public long NextDeadline => Count == 0 ? long.MaxValue : NextBucket(out _, out _);

    /// <summary>One of the slots that are due next, when that is soon; else 0.</summary>
    public int Upcoming => _occupied[0] == 0 ? 0 : _heads[BitOperations.TrailingZeroCount(_occupied[0])];

    /// <summary>Finds slots that are due soon, the earliest first: of each millisecond one.</summary>
    /// <returns>How many there are, at most as many as <paramref name="slots"/> holds.</returns>
    public int FindUpcoming(Span<int> slots)
    {
        int count = 0;
        for (ulong rest = _occupied[0]; rest != 0 && count < slots.Length; rest &= rest - 1)
            slots[count++] = _heads[BitOperations.TrailingZeroCount(rest)];
        return count;
    }

    /// <summary>Fetches into the cache what moving the timer of <paramref name="slot"/> touches.</summary>
    public void PrefetchBeside(in SessionSlot slot)
    {
        PrefetchTimer(slot.Timer.Previous);
        PrefetchTimer(slot.Timer.Next);
    }

    /// <summary>When slot <paramref name="id"/> is due, or <see cref="long.MaxValue"/> when it is not armed.</summary>
    public long DeadlineOf(int id) => _slots[id].Timer is { Bucket: not 0 } timer ? timer.Deadline : long.MaxValue;

    /// <summary>
    /// Arms or moves the timer of slot <paramref name="id"/>. A deadline that has passed fires with the next millisecond.
    /// </summary>
    public void Arm(int id, long deadline)
    {
        Cancel(id);
        Link(id, Math.Clamp(deadline, _time + 1, MaxTime));
        Count++;
    }

    /// <summary>Disarms the timer of slot <paramref name="id"/>, if it is armed.</summary>
    public void Cancel(int id)
    {
        if (_slots[id].Timer.Bucket == 0) return;
        Unlink(id);
        Count--;
    }

    /// <summary>
    /// Takes out the timers of the earliest millisecond that is due at <paramref name="now"/>. Call until it returns false; timers armed
    /// in between for a time up to <paramref name="now"/> are found too.
    /// </summary>
    /// <param name="now">The time to move to.</param>
    /// <param name="deadline">The millisecond.</param>
    /// <param name="due">Slots that were due then, in no order; valid until the next call.</param>
    public bool TryAdvance(long now, out long deadline, out Span<int> due)
    {
        now = Math.Min(now, MaxTime);
        while (Count > 0)
        {
            long at = NextBucket(out int level, out int bucket);
            if (at > now) break;
            _time = at;
            int taken = Empty(level, bucket, fire: level == 0);
            if (level > 0) continue;
            Count -= taken;
            deadline = at;
            due = _due.AsSpan(0, taken);
            return true;
        }
        // Moving on without firing keeps every timer's level right: none is due up to here, so no bucket is passed.
        _time = Math.Max(_time, now);
        deadline = 0;
        due = default;
        return false;
    }

    // The earliest occupied bucket is on the lowest occupied level: all that is there shares the higher digits with the wheel's time.
    private long NextBucket(out int level, out int bucket)
    {
        for (level = 0; level < Levels; level++)
        {
            if (_occupied[level] == 0) continue;
            int shift = level * DigitBits;
            bucket = BitOperations.TrailingZeroCount(_occupied[level]);
            long above = _time >> (shift + DigitBits) << (shift + DigitBits);
            return above | ((long)bucket << shift);
        }
        bucket = -1;
        return long.MaxValue;
    }

    // The other line of the slot stays where it is.
    private void PrefetchTimer(int id)
    {
        if (id != 0) CacheLine.Prefetch(ref _slots[id].Timer);
    }

    private void Link(int id, long deadline)
    {
        ref TimerNode node = ref _slots[id].Timer;
        ulong difference = (ulong)(deadline ^ _time);
        int level = difference == 0 ? 0 : BitOperations.Log2(difference) / DigitBits;
        int digit = (int)(deadline >> (level * DigitBits)) & (Buckets - 1);
        int bucket = (level * Buckets) + digit;
        ref int head = ref _heads[bucket];
        node.Set(deadline, bucket + 1);
        node.Previous = 0;
        node.Next = head;
        if (head != 0) _slots[head].Timer.Previous = id;
        head = id;
        _occupied[level] |= 1UL << digit;
    }

    private void Unlink(int id)
    {
        ref TimerNode node = ref _slots[id].Timer;
        int bucket = node.Bucket - 1;
        if (node.Next != 0) _slots[node.Next].Timer.Previous = node.Previous;
        if (node.Previous != 0)
        {
            _slots[node.Previous].Timer.Next = node.Next;
        }
        else
        {
            _heads[bucket] = node.Next;
            if (node.Next == 0) _occupied[bucket / Buckets] &= ~(1UL << (bucket % Buckets));
        }
        node.Set(0, 0);
    }

    private int Empty(int level, int digit, bool fire)
    {
        int bucket = (level * Buckets) + digit;
        int id = _heads[bucket];
        _heads[bucket] = 0;
        _occupied[level] &= ~(1UL << digit);
        int taken = 0;
        while (id != 0)
        {
            ref TimerNode node = ref _slots[id].Timer;
            int next = node.Next;
            _slots.Prefetch(next);
            long deadline = node.Deadline;
            node.Set(0, 0);
            if (fire)
            {
                if (taken == _due.Length) Array.Resize(ref _due, taken * 2);
                _due[taken++] = id;
            }
            else
            {
                Link(id, deadline);
            }
            id = next;
        }
        return taken;
    }
}
