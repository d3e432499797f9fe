namespace FlowStream.Streams.Driver;

/// <summary>A committed record that a stage wrote.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Key">Key, a copy.</param>
/// <param name="Value">Value, a copy.</param>
/// <param name="Headers">Headers.</param>
public sealed record OutputRecord(int Partition, long Offset, long Timestamp, byte[] Key, byte[] Value, IRecordHeaders Headers);
