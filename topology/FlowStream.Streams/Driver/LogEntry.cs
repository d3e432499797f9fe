namespace FlowStream.Streams.Driver;

/// <summary>One record of an in-memory partition; its bytes lie in a chunk shared with its neighbours.</summary>
internal struct LogEntry
{
    public byte[] Chunk;
    public int Start;
    public int KeyLength;
    public int ValueLength;
    public long Timestamp;
    public long ProducerId;
    public IRecordHeaders? Headers;
    public LogEntryState State;

    public readonly ReadOnlySpan<byte> Key => Chunk.AsSpan(Start, KeyLength);

    public readonly ReadOnlySpan<byte> Value => Chunk.AsSpan(Start + KeyLength, ValueLength);
}
