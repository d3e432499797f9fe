namespace FlowStream.Broker.Log;

/// <summary>
/// Byte positions and attribute bits of a v2 record batch (Kafka documentation, "Record Batch"; KIP-98). All numbers are big-endian.
/// </summary>
internal static class RecordBatchLayout
{
    /// <summary>i64, patched by the broker; outside the CRC.</summary>
    public const int BaseOffset = 0;

    /// <summary>i32, bytes after this field.</summary>
    public const int Length = 8;

    /// <summary>i32, patched by the broker; outside the CRC.</summary>
    public const int PartitionLeaderEpoch = 12;

    /// <summary>i8, 2.</summary>
    public const int Magic = 16;

    /// <summary>u32, CRC32C from <see cref="Attributes"/> to the end.</summary>
    public const int Crc = 17;

    /// <summary>i16.</summary>
    public const int Attributes = 21;

    /// <summary>i32.</summary>
    public const int LastOffsetDelta = 23;

    /// <summary>i64; the delete horizon when that bit is set.</summary>
    public const int BaseTimestamp = 27;

    /// <summary>i64.</summary>
    public const int MaxTimestamp = 35;

    /// <summary>i64.</summary>
    public const int ProducerId = 43;

    /// <summary>i16.</summary>
    public const int ProducerEpoch = 51;

    /// <summary>i32.</summary>
    public const int BaseSequence = 53;

    /// <summary>i32.</summary>
    public const int RecordCount = 57;

    /// <summary>First record, or the compressed blob; also the size of a batch without records.</summary>
    public const int Records = 61;

    /// <summary>Bytes up to and including the length field: what the length does not count.</summary>
    public const int LengthPrefix = 12;

    /// <summary>The only format version this log holds.</summary>
    public const byte CurrentMagic = 2;

    /// <summary>
    /// No batch in a log is larger: 100 MiB, the largest request a Kafka broker takes by default. A longer length on disk is damage, and
    /// is not worth a buffer.
    /// </summary>
    public const int MaxBatchBytes = 100 * 1024 * 1024;

    /// <summary>Attribute bits 0-2: the codec.</summary>
    public const int CodecMask = 0x07;

    /// <summary>Attribute bit 3: LogAppendTime.</summary>
    public const int LogAppendTimeBit = 0x08;

    /// <summary>Attribute bit 4.</summary>
    public const int TransactionalBit = 0x10;

    /// <summary>Attribute bit 5.</summary>
    public const int ControlBit = 0x20;

    /// <summary>Attribute bit 6: the base timestamp is the time from which tombstones and markers may go (KIP-534).</summary>
    public const int DeleteHorizonBit = 0x40;
}
