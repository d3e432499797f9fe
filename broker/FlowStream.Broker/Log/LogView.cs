namespace FlowStream.Broker.Log;

/// <summary>
/// What a reader looks at: segments and aborted transactions that belong together. Replaced as a whole, because compaction removes a marker
/// and its aborted entry in one step: a reader that saw only one of them would hide committed data.
/// </summary>
/// <param name="Segments">In offset order; the last one is being written.</param>
/// <param name="Aborted">Aborted transactions of these segments.</param>
internal sealed record LogView(LogSegment[] Segments, AbortedTransactionIndex Aborted)
{
    /// <summary>The segment being written.</summary>
    public LogSegment Active => Segments[^1];

    /// <summary>Bytes of all segments.</summary>
    public long SizeInBytes => Segments.Sum(static segment => (long)segment.Size);

    /// <summary>Place of the first segment that has offsets at or after one; the number of segments when none has.</summary>
    public int IndexOf(long offset)
    {
        int low = 0;
        for (int high = Segments.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (Segments[middle].NextOffset <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
