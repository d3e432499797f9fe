using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>Changes header fields of a batch in place.</summary>
internal static class BatchPatch
{
    /// <summary>
    /// The only leader epoch there is: a single node never loses leadership, and a constant keeps KIP-320 clients content.
    /// </summary>
    public const int LeaderEpoch = 0;

    /// <summary>Gives the batch its place in the log. Both fields are outside the CRC.</summary>
    public static void Place(Span<byte> batch, long baseOffset)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.BaseOffset..], baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.PartitionLeaderEpoch..], LeaderEpoch);
    }

    /// <summary>Stamps all records with the time of the append, and renews the CRC.</summary>
    public static void StampLogAppendTime(Span<byte> batch, long timestamp)
    {
        int attributes = new RecordBatchView(batch).Attributes | RecordBatchLayout.LogAppendTimeBit;
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.Attributes..], (short)attributes);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.MaxTimestamp..], timestamp);
        WriteCrc(batch);
    }

    /// <summary>Writes the CRC of the batch as it is now.</summary>
    public static void WriteCrc(Span<byte> batch) =>
        BinaryPrimitives.WriteUInt32BigEndian(batch[RecordBatchLayout.Crc..], new RecordBatchView(batch).ComputeCrc());
}
