namespace FlowStream.Sessions.State;

/// <summary>The place of one slot in the <see cref="TimingWheel"/>.</summary>
internal struct TimerNode
{
    /// <summary>When it is due, Unix milliseconds.</summary>
    public long Deadline;

    /// <summary>The slot before it in its bucket, or 0.</summary>
    public int Previous;

    /// <summary>The slot after it in its bucket, or 0.</summary>
    public int Next;

    /// <summary>Its bucket plus 1; 0 when it is not armed.</summary>
    public int Bucket;
}
