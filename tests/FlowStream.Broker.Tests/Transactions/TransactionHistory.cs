using System.Buffers;
using System.Text;
using FlowStream.Broker.Groups;
using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>Takes steps on the coordinators and on the model, and compares.</summary>
internal sealed class TransactionHistory : IDisposable
{
    private const string Topic = "data";
    private const string Group = "group";
    private const int TimeoutMs = 60_000;

    private readonly CoordinatorsOnDisk _disk = new();
    private readonly ModelledId[] _ids = [new("first"), new("second")];
    private readonly List<string>[] _visible = [[], []];
    private readonly RecordBatchBuilder _builder = new();
    private long _offset = -1;
    private int _offsetOrder = -1;
    private int _values;

    public TransactionHistory() => Assert.Equal(ErrorCode.None, _disk.Topics.Create(Topic, 2, new Dictionary<string, string>()).Error);

    public bool Honest { get; init; }

    public void Take(int step)
    {
        var (action, pick) = (step % 8, step / 8);
        var id = _ids[pick % 2];
        // Most requests come from the newest producer of the id, some from one that was replaced.
        var producer = id.Producers.Count == 0 ? new ProducerIdentity(0, 0)
            : pick % 7 == 6 ? id.Producers[pick % id.Producers.Count] : id.Producers[^1];
        switch (action)
        {
            case 0: Init(id); break;
            case 1 or 2: Produce(id, producer, pick / 2 % 2); break;
            case 3: CommitOffset(id, producer, pick); break;
            case 4: End(id, producer, commit: true); break;
            case 5: End(id, producer, commit: pick % 3 != 0); break;
            case 6: Pause(pick % 50); break;
            case 7 when pick % 3 == 0: _disk.Crash(); break;
            default: Produce(id, producer, pick / 2 % 2); break;
        }
    }

    public void Finish()
    {
        _disk.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var id in _ids)
            id.Open = null;
        Check();
        _disk.Crash();
        Check();
    }

    public void Dispose() => _disk.Dispose();

    private void Init(ModelledId id)
    {
        Assert.Equal(ErrorCode.None, _disk.Transactions.InitProducerId(id.Name, ProducerIdentity.None, TimeoutMs, out var producer));
        Assert.DoesNotContain(producer, _ids.SelectMany(other => other.Producers));
        id.Producers.Add(producer);
        id.Sequences = [0, 0];
        (id.Open, id.IsFenced) = (null, false);
    }

    private void Produce(ModelledId id, ProducerIdentity producer, int partition)
    {
        var error = _disk.Transactions.AddPartitions(id.Name, producer, [new TopicPartition(Topic, partition)]);
        if (!Joins(id, producer, error))
            return;
        var log = _disk.Topics.FindPartition(Topic, partition)!;
        var value = $"{id.Name}{_values++}";
        _builder.Reset();
        (_builder.ProducerId, _builder.ProducerEpoch) = (producer.ProducerId, producer.Epoch);
        _builder.BaseSequence = id.Sequences[partition]++;
        _builder.IsTransactional = true;
        _builder.Add(0, default, Encoding.UTF8.GetBytes(value));
        var guard = log.TransactionGuard(producer.ProducerId);
        var contains = _disk.Transactions.Contains(producer.ProducerId, producer.Epoch, Topic, partition);
        Assert.Equal(ErrorCode.None, log.Append(_builder.Build(), new AppendContext(8, contains, guard)).Error);
        id.Open!.Values.Add((partition, value));
    }

    private void CommitOffset(ModelledId id, ProducerIdentity producer, int offset)
    {
        if (!Joins(id, producer, _disk.Transactions.AddPartitions(id.Name, producer, [OffsetsLog.Partition])))
            return;
        OffsetCommitItem[] items = [new(new TopicPartition(Topic, 0), offset, -1, "")];
        ErrorCode[] errors = [];
        var member = new MemberClaim("", null, -1);
        Assert.Equal(ErrorCode.None, _disk.Transactions.WithOffsets(id.Name, producer, OffsetsLog.Partition, () =>
            errors = _disk.Groups.CommitInTransaction(Group, member, items, producer.ProducerId, producer.Epoch)));
        Assert.Equal([ErrorCode.None], errors);
        id.Open!.Offset = (offset, _values++);
    }

    private void End(ModelledId id, ProducerIdentity producer, bool commit)
    {
        var error = _disk.Transactions.EndTransaction(id.Name, producer, commit);
        if (!id.IsHeldBy(producer))
            Assert.NotEqual(ErrorCode.None, error);
        else if (id.Open is { } open)
            Finish(id, open, commit, error);
    }

    private void Finish(ModelledId id, ModelledTransaction open, bool commit, ErrorCode error)
    {
        Assert.Equal(ErrorCode.None, error);
        if (commit && Honest)
            Commit(open);
        id.Open = null;
    }

    private void Commit(ModelledTransaction transaction)
    {
        foreach (var (partition, value) in transaction.Values)
            _visible[partition].Add(value);
        // Of two transactions the offset written later counts, whichever committed first.
        if (transaction.Offset is not { } written || written.Order < _offsetOrder)
            return;
        (_offset, _offsetOrder) = written;
    }

    private void Pause(int seconds)
    {
        _disk.Clock.Advance(TimeSpan.FromSeconds(seconds));
        foreach (var id in _ids)
        {
            // Looked at each second; over its time by any amount a transaction is gone and its producer fenced.
            if (id.Open is { } open && _disk.Clock.GetUtcNow() - open.Started > TimeSpan.FromMilliseconds(TimeoutMs))
                (id.Open, id.IsFenced) = (null, true);
        }
    }

    private bool Joins(ModelledId id, ProducerIdentity producer, ErrorCode error)
    {
        Assert.Equal(id.IsHeldBy(producer), error == ErrorCode.None);
        if (error == ErrorCode.None)
            id.Open ??= new ModelledTransaction(_disk.Clock.GetUtcNow());
        return error == ErrorCode.None;
    }

    private void Check()
    {
        for (var partition = 0; partition < 2; partition++)
        {
            var log = _disk.Topics.FindPartition(Topic, partition)!;
            Assert.Equal(log.HighWatermark, log.LastStableOffset);
            Assert.Equal(_visible[partition].Order(), Visible(log).Order());
        }

        var fetched = Assert.Single(_disk.Groups.FetchOffsets(Group, [new TopicPartition(Topic, 0)], requireStable: true));
        Assert.Equal((ErrorCode.None, _offset), (fetched.Error, fetched.Offset?.Offset ?? -1));
    }

    private static List<string> Visible(PartitionLog log)
    {
        var read = log.Read(0, int.MaxValue / 2, true, IsolationLevel.ReadCommitted, new ArrayBufferWriter<byte>());
        var aborted = read.AbortedTransactions!;
        var values = new List<string>();
        log.Replay(0, (in LogRecord record) =>
        {
            var (producerId, offset) = (record.ProducerId, record.Offset);
            var isAborted = aborted.Any(
                entry => entry.ProducerId == producerId && offset >= entry.FirstOffset && offset < entry.LastOffset);
            if (!record.IsControl && !isAborted)
                values.Add(Encoding.UTF8.GetString(record.Value));
        });
        return values;
    }
}
