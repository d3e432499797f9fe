using System.Buffers.Binary;
using System.IO.Compression;

namespace FlowStream.Broker.Log;

/// <summary>
/// Makes a batch with fewer records out of one: same offsets, sequences and codec, so that whoever reads it finds only gaps. One
/// buffer, used again; not safe for concurrent use.
/// </summary>
internal sealed class BatchRewriter
{
    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The batch without any record: it still says what its producer's last sequence was.</summary>
    public ReadOnlySpan<byte> Empty(RecordBatchView batch)
    {
        Begin(batch);
        int attributes = batch.Attributes & ~RecordBatchLayout.CodecMask;
        return Finish(attributes, batch.BaseTimestamp, maxTimestamp: -1, count: 0);
    }

    /// <summary>The batch with some of its records.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="records">Its records, unpacked.</param>
    /// <param name="keep">Which of them stay, in order; at least one.</param>
    /// <param name="deleteHorizon">Time from which its tombstones or its marker may go; null leaves that as it is.</param>
    public ReadOnlySpan<byte> Filter(RecordBatchView batch, ReadOnlySpan<byte> records, List<bool> keep, long? deleteHorizon)
    {
        Begin(batch);
        long baseTimestamp = deleteHorizon ?? batch.BaseTimestamp;
        long shift = batch.BaseTimestamp - baseTimestamp;
        long maxTimestamp = long.MinValue;
        int count = 0;
        var iterator = new RecordIterator(batch, records);
        for (int i = 0; iterator.MoveNext(); i++)
        {
            if (!keep[i])
                continue;
            WriteRecord(iterator.TimestampDelta + shift, iterator.EncodedAfterTimestamp);
            maxTimestamp = Math.Max(maxTimestamp, iterator.Timestamp);
            count++;
        }
        if (batch.Codec == CompressionCodec.Gzip)
            Pack();
        int attributes = batch.Attributes | (deleteHorizon is null ? 0 : RecordBatchLayout.DeleteHorizonBit);
        return Finish(attributes, baseTimestamp, maxTimestamp, count);
    }

    private void Begin(RecordBatchView batch)
    {
        _length = 0;
        Append(batch.Bytes[..RecordBatchLayout.Records]);
    }

    private ReadOnlySpan<byte> Finish(int attributes, long baseTimestamp, long maxTimestamp, int count)
    {
        var batch = _buffer.AsSpan(0, _length);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.Length..], _length - RecordBatchLayout.LengthPrefix);
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.Attributes..], (short)attributes);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.BaseTimestamp..], baseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.MaxTimestamp..], maxTimestamp);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.RecordCount..], count);
        BatchPatch.WriteCrc(batch);
        return batch;
    }

    private void WriteRecord(long timestampDelta, ReadOnlySpan<byte> afterTimestamp)
    {
        Span<byte> start = stackalloc byte[2 * Varint.MaxBytes + 1];
        int at = Varint.Write(start, 1 + Varint.SizeOf(timestampDelta) + afterTimestamp.Length);
        start[at++] = 0;
        at += Varint.Write(start[at..], timestampDelta);
        Append(start[..at]);
        Append(afterTimestamp);
    }

    private void Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(_buffer.AsSpan(RecordBatchLayout.Records, _length - RecordBatchLayout.Records));
        _length = RecordBatchLayout.Records;
        Append(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _length < bytes.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
