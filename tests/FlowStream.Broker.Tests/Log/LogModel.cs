using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Log;

/// <summary>What a partition's log must say, by plain means: lists of batches and full histories, searched from end to end.</summary>
internal sealed class LogModel
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, Producer> _producers = [];

    public long LogStart { get; set; }

    public long End { get; private set; }

    public long StableOffset => Math.Max(LogStart, _producers.Values.Select(p => p.OpenSince).Where(o => o >= 0).DefaultIfEmpty(End).Min());

    public IEnumerable<long> ProducerIds => _producers.Keys;

    public short EpochOf(long producerId) => _producers.TryGetValue(producerId, out var known) ? known.Epoch : (short)0;

    public int NextSequenceOf(long producerId) =>
        _producers.TryGetValue(producerId, out var known) && known.Sent.Count > 0 ? known.Sent[^1].Last + 1 : 0;

    public (int First, int Last)? SentBefore(long producerId, int stepsBack) =>
        _producers.TryGetValue(producerId, out var known) && known.Sent.Count >= stepsBack
            ? (known.Sent[^stepsBack].First, known.Sent[^stepsBack].Last)
            : null;

    public bool IsOpen(long producerId) => _producers.TryGetValue(producerId, out var known) && known.OpenSince >= 0;

    /// <summary>The answer to an append, and the offset if it is accepted.</summary>
    public (ErrorCode Error, long Offset, bool Duplicate) Append(byte[] batch, bool inTransaction)
    {
        var view = new RecordBatchView(batch);
        long offset = End;
        if (view.ProducerId >= 0)
        {
            var (error, original) = Decide(view, inTransaction);
            if (error != ErrorCode.None || original >= 0)
                return (error, error == ErrorCode.None ? original : -1, original >= 0);
            var producer = Known(view.ProducerId);
            producer.Move(view.ProducerEpoch);
            producer.Sent.Add((view.BaseSequence, view.BaseSequence + view.LastOffsetDelta, offset));
            if (view.IsTransactional && producer.OpenSince < 0)
                producer.OpenSince = offset;
        }
        Add(batch, offset, offset + view.LastOffsetDelta, null);
        return (ErrorCode.None, offset, false);
    }

    /// <summary>The answer to a marker; the bytes are taken from the log, since only the log writes them.</summary>
    public (ErrorCode Error, long Offset) Marker(long producerId, short epoch, bool commit)
    {
        var producer = Known(producerId);
        if (epoch < producer.Epoch)
            return (ErrorCode.InvalidProducerEpoch, -1);
        producer.Move(epoch);
        AbortedTransaction? aborted = commit || producer.OpenSince < 0
            ? null
            : new AbortedTransaction(producerId, producer.OpenSince, End, 0);
        producer.OpenSince = -1;
        long offset = End;
        Add(null, offset, offset, aborted);
        return (ErrorCode.None, offset);
    }

    /// <summary>The batches a read from an offset must return, whole, as far as it may see. Null stands for a marker.</summary>
    public List<(long Offset, byte[]? Bytes)> Visible(long from, IsolationLevel isolation)
    {
        long upTo = isolation == IsolationLevel.ReadCommitted ? StableOffset : End;
        return [.. _entries.Where(entry => entry.Last >= from && entry.Last < upTo).Select(entry => (entry.Offset, entry.Bytes))];
    }

    /// <summary>Aborted transactions that touch what was read.</summary>
    public List<(long ProducerId, long First, long Last)> Aborted(long from, long upTo) =>
        [.. _entries.Where(entry => entry.Aborted is { } a && a.LastOffset >= from && a.FirstOffset < upTo)
            .Select(entry => (entry.Aborted!.Value.ProducerId, entry.Aborted.Value.FirstOffset, entry.Aborted.Value.LastOffset))
            .OrderBy(a => a.FirstOffset)];

    private (ErrorCode Error, long Original) Decide(RecordBatchView view, bool inTransaction)
    {
        if (!_producers.TryGetValue(view.ProducerId, out var known) || known.Epoch < 0)
            return (view.IsTransactional && !inTransaction ? ErrorCode.InvalidTxnState : ErrorCode.None, -1);
        int first = view.BaseSequence;
        int last = first + view.LastOffsetDelta;
        if (view.ProducerEpoch == known.Epoch)
        {
            foreach (var sent in known.Sent.TakeLast(5).Where(sent => sent.First == first && sent.Last == last))
                return (ErrorCode.None, sent.Offset);
        }
        if (view.IsTransactional && !inTransaction && !(known.OpenSince >= 0 && known.Epoch == view.ProducerEpoch))
            return (ErrorCode.InvalidTxnState, -1);
        if (view.ProducerEpoch < known.Epoch)
            return (ErrorCode.InvalidProducerEpoch, -1);
        int expected = view.ProducerEpoch > known.Epoch || known.Sent.Count == 0 ? 0 : known.Sent[^1].Last + 1;
        if (first != expected)
            return (ErrorCode.OutOfOrderSequenceNumber, -1);
        return (!view.IsTransactional && known.OpenSince >= 0 ? ErrorCode.InvalidTxnState : ErrorCode.None, -1);
    }

    private Producer Known(long producerId)
    {
        if (!_producers.TryGetValue(producerId, out var known))
            _producers.Add(producerId, known = new Producer());
        return known;
    }

    private void Add(byte[]? bytes, long offset, long last, AbortedTransaction? aborted)
    {
        _entries.Add(new Entry(offset, last, bytes, aborted));
        End = last + 1;
    }

    private sealed record Entry(long Offset, long Last, byte[]? Bytes, AbortedTransaction? Aborted);

    private sealed class Producer
    {
        public short Epoch { get; private set; } = -1;

        public long OpenSince { get; set; } = -1;

        public List<(int First, int Last, long Offset)> Sent { get; private set; } = [];

        public void Move(short epoch)
        {
            if (epoch != Epoch)
                Sent = [];
            Epoch = epoch;
        }
    }
}
