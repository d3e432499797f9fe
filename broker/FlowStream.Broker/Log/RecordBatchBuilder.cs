using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace FlowStream.Broker.Log;

/// <summary>
/// Writes one uncompressed v2 batch: for coordinators, markers and tests. The buffer is kept and used again after <see cref="Reset"/>.
/// Not safe for concurrent use.
/// </summary>
internal sealed class RecordBatchBuilder
{
    private byte[] _buffer = new byte[1024];
    private int _length = RecordBatchLayout.Records;
    private int _count;
    private int _lastOffsetDelta = -1;
    private long _baseTimestamp;
    private long _maxTimestamp = long.MinValue;

    /// <summary>The producer; -1 none.</summary>
    public long ProducerId { get; set; } = -1;

    /// <summary>Its epoch; -1 none.</summary>
    public short ProducerEpoch { get; set; } = -1;

    /// <summary>Sequence of the first record; -1 none.</summary>
    public int BaseSequence { get; set; } = -1;

    /// <summary>Belongs to a transaction.</summary>
    public bool IsTransactional { get; set; }

    /// <summary>Holds control records.</summary>
    public bool IsControl { get; set; }

    /// <summary>Records added so far.</summary>
    public int Count => _count;

    /// <summary>Size of the batch so far, in bytes.</summary>
    public int SizeInBytes => _length;

    /// <summary>Adds the next record. A null array, <c>default</c> or <c>[]</c> is null; <c>""u8</c> is empty.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="headers">The headers.</param>
    public RecordBatchBuilder Add(
        long timestamp, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, params ReadOnlySpan<RecordHeader> headers)
    {
        if (_count == 0)
            _baseTimestamp = timestamp;
        int body =
            1 + Varint.SizeOf(timestamp - _baseTimestamp) + Varint.SizeOf(_lastOffsetDelta + 1) + SizeOfBytes(key) + SizeOfBytes(value)
            + Varint.SizeOf(headers.Length);
        foreach (var header in headers)
            body += SizeOfBytes(Encoding.UTF8.GetBytes(header.Key)) + SizeOfBytes(header.Value);
        Reserve(Varint.MaxBytes + body);
        WriteVarint(body);
        _buffer[_length++] = 0;
        WriteVarint(timestamp - _baseTimestamp);
        WriteVarint(++_lastOffsetDelta);
        WriteBytes(key);
        WriteBytes(value);
        WriteVarint(headers.Length);
        foreach (var header in headers)
        {
            WriteBytes(Encoding.UTF8.GetBytes(header.Key));
            WriteBytes(header.Value);
        }
        _maxTimestamp = Math.Max(_maxTimestamp, timestamp);
        _count++;
        return this;
    }

    /// <summary>The finished batch, base offset 0; valid until the next Add, Build or Reset.</summary>
    /// <exception cref="InvalidOperationException">No record was added.</exception>
    public Span<byte> Build()
    {
        if (_count == 0)
            throw new InvalidOperationException("A batch needs at least one record.");
        var batch = _buffer.AsSpan(0, _length);
        int attributes = (IsTransactional ? RecordBatchLayout.TransactionalBit : 0) | (IsControl ? RecordBatchLayout.ControlBit : 0);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.BaseOffset..], 0);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.Length..], _length - RecordBatchLayout.LengthPrefix);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.PartitionLeaderEpoch..], 0);
        batch[RecordBatchLayout.Magic] = RecordBatchLayout.CurrentMagic;
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.Attributes..], (short)attributes);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.LastOffsetDelta..], _lastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.BaseTimestamp..], _baseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.MaxTimestamp..], _maxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.ProducerId..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.ProducerEpoch..], ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.BaseSequence..], BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.RecordCount..], _count);
        BatchPatch.WriteCrc(batch);
        return batch;
    }

    /// <summary>Empties the builder for the next batch; producer and attributes stay as they are.</summary>
    public void Reset()
    {
        _length = RecordBatchLayout.Records;
        _count = 0;
        _lastOffsetDelta = -1;
        _maxTimestamp = long.MinValue;
    }

    /// <summary>Writes a transaction marker (KIP-98: version 0 key and value) as the batch's only record.</summary>
    public Span<byte> BuildMarker(long producerId, short producerEpoch, bool commit, int coordinatorEpoch, long timestamp)
    {
        Span<byte> key = [0, 0, 0, commit ? (byte)1 : (byte)0];
        Span<byte> value = stackalloc byte[6];
        value.Clear();
        BinaryPrimitives.WriteInt32BigEndian(value[2..], coordinatorEpoch);
        Reset();
        (ProducerId, ProducerEpoch, BaseSequence, IsTransactional, IsControl) = (producerId, producerEpoch, -1, true, true);
        return Add(timestamp, key, value).Build();
    }

    private static int SizeOfBytes(ReadOnlySpan<byte> bytes) =>
        IsNull(bytes) ? Varint.SizeOf(-1) : Varint.SizeOf(bytes.Length) + bytes.Length;

    // A span over a null array has no reference at all; a span over an empty array, a literal or a slice has one.
    private static bool IsNull(ReadOnlySpan<byte> bytes) => Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes));

    private void WriteVarint(long value) => _length += Varint.Write(_buffer.AsSpan(_length), value);

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteVarint(IsNull(bytes) ? -1 : bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
