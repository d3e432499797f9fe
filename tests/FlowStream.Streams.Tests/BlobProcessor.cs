using System.Buffers;

namespace FlowStream.Streams.Tests;

/// <summary>A processor whose state is given bytes.</summary>
internal sealed class BlobProcessor(byte[] state, bool failAfter = false) : IProcessor
{
    public long NextTimer => long.MaxValue;

    public long MemoryBytes => state.Length;

    public void Process(in InputRecord record, IRecordCollector output) => throw new NotSupportedException();

    public void AdvanceTime(long streamTime, IRecordCollector output) => throw new NotSupportedException();

    public void Commit(IChangelogWriter changelog, IRecordCollector output) => throw new NotSupportedException();

    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => throw new NotSupportedException();

    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        // In odd pieces, so that buffers are crossed everywhere.
        foreach (var piece in state.Chunk(777)) snapshot.Write(piece);
        if (failAfter) throw new IOException("The disk is full.");
    }

    public void ReadSnapshot(ReadOnlySpan<byte> snapshot) => throw new NotSupportedException();
}
