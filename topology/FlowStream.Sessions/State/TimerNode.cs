namespace FlowStream.Sessions.State;

/// <summary>The timer of one slot in the <see cref="TimingWheel"/>: 12 bytes.</summary>
internal struct TimerNode
{
    private const int BucketBits = 16;

    private long _deadlineAndBucket;

    /// <summary>Where in its bucket the slot's number stands, see <see cref="TimerBuckets"/>.</summary>
    public int Place;

    /// <summary>When it is due, Unix milliseconds; at most <see cref="TimingWheel.MaxTime"/>.</summary>
    public readonly long Deadline => (long)((ulong)_deadlineAndBucket >> BucketBits);

    /// <summary>Its bucket plus 1; 0 when it is not armed.</summary>
    public readonly int Bucket => (ushort)_deadlineAndBucket;

    /// <summary>Puts it into a bucket; 0 is none.</summary>
    public void Set(long deadline, int bucket) => _deadlineAndBucket = (deadline << BucketBits) | (long)bucket;
}
