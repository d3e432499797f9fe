using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>
/// Reads the header fields of a v2 batch in place. The span must hold at least <see cref="RecordBatchLayout.Records"/> bytes.
/// </summary>
internal readonly ref struct RecordBatchView(ReadOnlySpan<byte> bytes)
{
    /// <summary>The batch, or only its header.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Offset of the first record.</summary>
    public long BaseOffset => BinaryPrimitives.ReadInt64BigEndian(Bytes[RecordBatchLayout.BaseOffset..]);

    /// <summary>Whole size in bytes, prefix included; not checked, so 64 bits wide.</summary>
    public long SizeInBytes =>
        (long)BinaryPrimitives.ReadInt32BigEndian(Bytes[RecordBatchLayout.Length..]) + RecordBatchLayout.LengthPrefix;

    /// <summary>Format version.</summary>
    public byte Magic => Bytes[RecordBatchLayout.Magic];

    /// <summary>Stored CRC32C.</summary>
    public uint Crc => BinaryPrimitives.ReadUInt32BigEndian(Bytes[RecordBatchLayout.Crc..]);

    /// <summary>Attribute bits.</summary>
    public int Attributes => BinaryPrimitives.ReadInt16BigEndian(Bytes[RecordBatchLayout.Attributes..]);

    /// <summary>Last offset minus base offset.</summary>
    public int LastOffsetDelta => BinaryPrimitives.ReadInt32BigEndian(Bytes[RecordBatchLayout.LastOffsetDelta..]);

    /// <summary>Offset of the last record the batch had when it was appended.</summary>
    public long LastOffset => BaseOffset + LastOffsetDelta;

    /// <summary>What the records' timestamp deltas are relative to.</summary>
    public long BaseTimestamp => BinaryPrimitives.ReadInt64BigEndian(Bytes[RecordBatchLayout.BaseTimestamp..]);

    /// <summary>Largest timestamp in Unix milliseconds; that of every record when the log stamps it.</summary>
    public long MaxTimestamp => BinaryPrimitives.ReadInt64BigEndian(Bytes[RecordBatchLayout.MaxTimestamp..]);

    /// <summary>The producer, -1 when none.</summary>
    public long ProducerId => BinaryPrimitives.ReadInt64BigEndian(Bytes[RecordBatchLayout.ProducerId..]);

    /// <summary>Its epoch.</summary>
    public short ProducerEpoch => BinaryPrimitives.ReadInt16BigEndian(Bytes[RecordBatchLayout.ProducerEpoch..]);

    /// <summary>Sequence of the first record, -1 when none.</summary>
    public int BaseSequence => BinaryPrimitives.ReadInt32BigEndian(Bytes[RecordBatchLayout.BaseSequence..]);

    /// <summary>Records held now; compaction may have removed some.</summary>
    public int RecordCount => BinaryPrimitives.ReadInt32BigEndian(Bytes[RecordBatchLayout.RecordCount..]);

    /// <summary>The records as stored, compressed or not.</summary>
    public ReadOnlySpan<byte> StoredRecords => Bytes[RecordBatchLayout.Records..];

    /// <summary>The codec; values above zstd are unknown.</summary>
    public CompressionCodec Codec => (CompressionCodec)(Attributes & RecordBatchLayout.CodecMask);

    /// <summary>The log stamped it.</summary>
    public bool IsLogAppendTime => (Attributes & RecordBatchLayout.LogAppendTimeBit) != 0;

    /// <summary>Belongs to a transaction.</summary>
    public bool IsTransactional => (Attributes & RecordBatchLayout.TransactionalBit) != 0;

    /// <summary>Holds control records.</summary>
    public bool IsControl => (Attributes & RecordBatchLayout.ControlBit) != 0;

    /// <summary>Compaction has set a delete horizon.</summary>
    public bool HasDeleteHorizon => (Attributes & RecordBatchLayout.DeleteHorizonBit) != 0;

    /// <summary>Computes the CRC32C of what the stored one covers.</summary>
    public uint ComputeCrc() => Crc32C.Compute(Bytes[RecordBatchLayout.Attributes..]);

    /// <summary>Sequence number after a number of steps, as producers count: past Int32.MaxValue comes 0.</summary>
    public static int AdvanceSequence(int sequence, int steps) => (int)(((long)sequence + steps) & int.MaxValue);
}
