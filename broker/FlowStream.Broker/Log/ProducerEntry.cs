using System.Runtime.CompilerServices;

namespace FlowStream.Broker.Log;

/// <summary>What one partition knows of one producer id. Used under the writer lock only.</summary>
internal sealed class ProducerEntry(long producerId)
{
    /// <summary>
    /// Batches kept: as many as an idempotent producer may have in flight (KIP-98; max.in.flight.requests.per.connection).
    /// </summary>
    public const int RetainedBatches = 5;

    private Ring _batches;
    private int _first;

    /// <summary>The id.</summary>
    public long ProducerId { get; } = producerId;

    /// <summary>Its newest epoch; -1 before the first batch.</summary>
    public short Epoch { get; set; } = -1;

    /// <summary>Epoch of the coordinator that wrote its last marker; -1 before.</summary>
    public int CoordinatorEpoch { get; set; } = -1;

    /// <summary>Broker time of its last append, Unix milliseconds.</summary>
    public long LastTimestamp { get; set; }

    /// <summary>First offset of its open transaction; -1 when none is open.</summary>
    public long TransactionFirstOffset { get; set; } = -1;

    /// <summary>Offset of its last marker; -1 before.</summary>
    public long LastMarkerOffset { get; set; } = -1;

    /// <summary>Batches kept now.</summary>
    public int BatchCount { get; private set; }

    /// <summary>Sequence of its last record in this epoch; -1 when unknown.</summary>
    public int LastSequence => BatchCount == 0 ? -1 : this[BatchCount - 1].LastSequence;

    /// <summary>Offset of its last record in this epoch; -1 when unknown.</summary>
    public long LastDataOffset => BatchCount == 0 ? -1 : this[BatchCount - 1].LastOffset;

    /// <summary>A kept batch, oldest first.</summary>
    public ProducerBatch this[int index] => _batches[(_first + index) % RetainedBatches];

    /// <summary>A newer epoch starts its sequences anew.</summary>
    public void AdvanceEpoch(short epoch)
    {
        if (epoch == Epoch)
            return;
        Epoch = epoch;
        BatchCount = 0;
    }

    /// <summary>Keeps a batch, and lets the oldest go when there are too many.</summary>
    public void Retain(in ProducerBatch batch)
    {
        if (BatchCount == RetainedBatches)
        {
            _batches[_first] = batch;
            _first = (_first + 1) % RetainedBatches;
        }
        else
        {
            _batches[(_first + BatchCount++) % RetainedBatches] = batch;
        }
    }

    /// <summary>The kept batch with exactly these sequences; false when there is none.</summary>
    public bool TryFind(int firstSequence, int lastSequence, out ProducerBatch batch)
    {
        for (int i = 0; i < BatchCount; i++)
        {
            batch = this[i];
            if (batch.FirstSequence == firstSequence && batch.LastSequence == lastSequence)
                return true;
        }
        batch = default;
        return false;
    }

    [InlineArray(RetainedBatches)]
    private struct Ring
    {
        private ProducerBatch _element;
    }
}
