using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>What a transaction marker says (KIP-98: control record, key version and type, value version and coordinator epoch).</summary>
/// <param name="Commit">Commit, otherwise abort.</param>
/// <param name="CoordinatorEpoch">Epoch of the coordinator that wrote it.</param>
internal readonly record struct TransactionMarker(bool Commit, int CoordinatorEpoch)
{
    private const short Abort = 0;
    private const short CommitType = 1;

    /// <summary>Reads the marker out of a control batch; false when it holds another kind of control record.</summary>
    public static bool TryRead(RecordBatchView batch, out TransactionMarker marker)
    {
        marker = default;
        if (batch.Codec != CompressionCodec.None)
            return false;
        var iterator = new RecordIterator(batch, batch.StoredRecords);
        if (!iterator.MoveNext() || iterator.Key.Length < 4)
            return false;
        short type = BinaryPrimitives.ReadInt16BigEndian(iterator.Key[2..]);
        var value = iterator.Current.Value;
        if (type is not (Abort or CommitType) || value.Length < 6)
            return false;
        marker = new TransactionMarker(type == CommitType, BinaryPrimitives.ReadInt32BigEndian(value[2..]));
        return true;
    }
}
