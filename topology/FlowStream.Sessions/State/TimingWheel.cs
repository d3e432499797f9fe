using System.Numerics;

namespace FlowStream.Sessions.State;

/// <summary>
/// A hierarchical timing wheel over slot numbers, exact to the millisecond: arming, moving and cancelling are O(1).
/// <list type="bullet">
/// <item>8 levels of 64 buckets; a bucket of level L spans 64^L ms, together 2^48 ms from 1970: every timestamp that can occur.</item>
/// <item>A timer is on the level of the highest 6-bit digit in which its deadline differs from the wheel's time.</item>
/// <item>One bit per bucket says whether it holds anything, so empty time is skipped, not walked.</item>
/// <item>Each timer moves down at most once per level before it fires.</item>
/// <item>One that is moved to a later time stays where it is, and moves on when its old time comes: most sessions are updated more often
/// than they fall silent.</item>
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
    private readonly TimerBuckets _buckets = new(Levels * Buckets);
    private readonly ulong[] _occupied = new ulong[Levels];
    private long _time;
    private int[] _due = new int[64];

    /// <summary>Makes a wheel whose timers lie in <paramref name="slots"/>.</summary>
    public TimingWheel(PagedArray<SessionSlot> slots) => _slots = slots;

    /// <summary>Number of armed timers.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held beside the slots.</summary>
    public long MemoryBytes => _buckets.MemoryBytes;

    /// <summary>
    /// A lower bound of the earliest deadline, later than the time passed; <see cref="long.MaxValue"/> when none is armed.
    /// </summary>
    public long NextDeadline => Count == 0 ? long.MaxValue : NextBucket(out _, out _);

    /// <summary>Finds slots that are due soon, the earliest first.</summary>
    /// <returns>How many there are, at most as many as <paramref name="slots"/> holds.</returns>
    public int FindUpcoming(Span<int> slots)
    {
        int count = 0;
        for (ulong rest = _occupied[0]; rest != 0 && count < slots.Length; rest &= rest - 1)
        {
            foreach (int id in _buckets.Peek(BitOperations.TrailingZeroCount(rest)))
            {
                if (count < slots.Length) slots[count++] = id;
            }
        }
        return count;
    }

    /// <summary>Fetches into the cache what moving the timer of <paramref name="slot"/> touches.</summary>
    public void PrefetchBeside(in SessionSlot slot) => _buckets.Prefetch(slot.Timer.Place);

    /// <summary>When slot <paramref name="id"/> is due, or <see cref="long.MaxValue"/> when it is not armed.</summary>
    public long DeadlineOf(int id) => _slots[id].Timer is { Bucket: not 0 } timer ? timer.Deadline : long.MaxValue;

    /// <summary>
    /// Arms or moves the timer of slot <paramref name="id"/>. A deadline that has passed fires with the next millisecond.
    /// </summary>
    public void Arm(int id, long deadline)
    {
        deadline = Math.Clamp(deadline, _time + 1, MaxTime);
        ref TimerNode node = ref _slots[id].Timer;
        if (node.Bucket != 0 && deadline >= node.Deadline)
        {
            node.Set(deadline, node.Bucket);
            return;
        }
        Cancel(id);
        Link(ref node, id, deadline);
        Count++;
    }

    /// <summary>Disarms the timer of slot <paramref name="id"/>, if it is armed.</summary>
    public void Cancel(int id)
    {
        ref TimerNode node = ref _slots[id].Timer;
        if (node.Bucket == 0) return;
        int bucket = node.Bucket - 1;
        _slots[_buckets.TakeOut(bucket, node.Place, out bool empty)].Timer.Place = node.Place;
        if (empty) _occupied[bucket / Buckets] &= ~(1UL << (bucket % Buckets));
        node.Set(0, 0);
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
            int taken = Empty(level, bucket);
            if (taken == 0) continue;
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

    private void Link(ref TimerNode node, int id, long deadline)
    {
        ulong difference = (ulong)(deadline ^ _time);
        int level = difference == 0 ? 0 : BitOperations.Log2(difference) / DigitBits;
        int digit = (int)(deadline >> (level * DigitBits)) & (Buckets - 1);
        int bucket = (level * Buckets) + digit;
        node.Set(deadline, bucket + 1);
        node.Place = _buckets.Add(bucket, id);
        _occupied[level] |= 1UL << digit;
    }

    // Takes out what is due now, and moves all else in the bucket to where it belongs. Returns how many were due.
    private int Empty(int level, int digit)
    {
        _occupied[level] &= ~(1UL << digit);
        int chunk = _buckets.TakeAll((level * Buckets) + digit, out int used);
        int next = Fetch(chunk, used), taken = 0;
        while (chunk != 0)
        {
            // The slots of the next chunk, and the chunk after it, come while the slots of this one are looked at.
            int later = Fetch(next, TimerChunk.Capacity);
            taken = MoveOn(_buckets.Read(chunk, used), taken);
            _buckets.Return(chunk);
            (chunk, used, next) = (next, TimerChunk.Capacity, later);
        }
        return taken;
    }

    private int MoveOn(ReadOnlySpan<int> slots, int taken)
    {
        foreach (int id in slots)
        {
            ref TimerNode node = ref _slots[id].Timer;
            long deadline = node.Deadline;
            if (deadline > _time)
            {
                Link(ref node, id, deadline);
                continue;
            }
            node.Set(0, 0);
            if (taken == _due.Length) Array.Resize(ref _due, taken * 2);
            _due[taken++] = id;
        }
        return taken;
    }

    // Returns the chunk after it.
    private int Fetch(int chunk, int used)
    {
        if (chunk == 0) return 0;
        foreach (int id in _buckets.Read(chunk, used)) _slots.PrefetchLine(id, SessionSlot.TimerOffset);
        return _buckets.After(chunk);
    }
}
