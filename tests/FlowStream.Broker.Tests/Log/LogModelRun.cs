using System.Buffers;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Log;

/// <summary>A log and a model of it under random actions that one seed chooses; every difference is an assertion that names it.</summary>
internal sealed class LogModelRun : IDisposable
{
    private readonly int _seed;
    private readonly Random _random;
    private readonly FakeTimeProvider _clock = new();
    private readonly LogModel _model = new();
    private readonly LogOptions _options;
    private readonly List<IDisposable> _left = [];
    private TemporaryDirectory _directory = new();
    private PartitionLog _log;
    private string _action = "nothing";

    public LogModelRun(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        _options = new LogOptions
        {
            SegmentBytes = _random.Next(200, 1500),
            IndexIntervalBytes = _random.Next(1, 300),
            RetentionBytes = _random.Next(2) == 0 ? -1 : _random.Next(1000, 6000),
            FlushMessages = _random.Next(4) == 0 ? 1 : null,
        };
        _log = Open();
    }

    public void Step(int step)
    {
        int dice = _random.Next(100);
        _action = $"seed {_seed}, step {step}, action {dice}";
        if (dice < 20)
            Append(Batch(-1, -1, -1, false), inTransaction: false);
        else if (dice < 70)
            AppendFromProducer(_random.Next(1, 4));
        else if (dice < 84)
            Marker(_random.Next(1, 4));
        else if (dice < 88)
            ApplyRetention();
        else if (dice < 91)
            DeleteRecords();
        else if (dice < 95)
            Reopen();
        else
            Kill();
        Compare();
    }

    /// <summary>Makes the model wrong in one small way, to prove that the comparison looks.</summary>
    public void Plant(int fault)
    {
        switch (fault)
        {
            case 1:
                _model.Append(Batch(-1, -1, -1, false), false);
                break;
            case 2:
                _model.LogStart = _model.End;
                _log.Append(Batch(-1, -1, -1, false), Batches.Client);
                _model.Append(Batch(-1, -1, -1, false), false);
                break;
            default:
                for (int id = 1; id < 4; id++)
                    Marker(id, _model.EpochOf(id));
                byte[] batch = Batch(9, 0, 0, true);
                _log.Append([.. batch], Batches.InTransaction);
                _model.Append(batch, true);
                _log.AppendMarker(9, 0, commit: true, 0);
                _model.Marker(9, 0, commit: false);
                break;
        }
    }

    public void Compare()
    {
        Assert.True(
            (_model.LogStart, _model.End, _model.StableOffset) == (_log.LogStartOffset, _log.HighWatermark, _log.LastStableOffset),
            $"{_action}: model {(_model.LogStart, _model.End, _model.StableOffset)}, "
            + $"log {(_log.LogStartOffset, _log.HighWatermark, _log.LastStableOffset)}");
        Compare(_model.LogStart, IsolationLevel.ReadUncommitted, 1 << 20);
        long from = _model.LogStart + _random.NextInt64(_model.End - _model.LogStart + 1);
        Compare(from, IsolationLevel.ReadCommitted, _random.Next(1, 800));
        for (int id = 1; id < 4; id++)
            Assert.True(_model.IsOpen(id) == _log.HasOpenTransaction(id), $"{_action}: open transaction of {id}");
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
        _left.ForEach(left => left.Dispose());
    }

    private void Compare(long from, IsolationLevel isolation, int maxBytes)
    {
        var expected = _model.Visible(from, isolation);
        int at = 0;
        while (true)
        {
            var bytes = new ArrayBufferWriter<byte>();
            var result = _log.Read(from, maxBytes, atLeastOneBatch: true, isolation, bytes);
            Assert.True(result.Error == ErrorCode.None, $"{_action}: {result.Error} at {from}");
            if (result.BytesWritten == 0)
                break;
            long first = from;
            foreach (var (start, length) in Batches.Frames(bytes.WrittenMemory))
            {
                var batch = new RecordBatchView(bytes.WrittenSpan.Slice(start, length));
                Assert.True(at < expected.Count, $"{_action}: more than expected at {batch.BaseOffset}");
                var (offset, stored) = expected[at++];
                Assert.True(batch.BaseOffset == offset && batch.IsControl == stored is null, $"{_action}: at {offset}");
                Assert.True(stored is null || stored.AsSpan(8).SequenceEqual(batch.Bytes[8..]), $"{_action}: bytes at {offset}");
                from = batch.LastOffset + 1;
            }
            if (isolation == IsolationLevel.ReadCommitted)
                Assert.Equal(
                    _model.Aborted(first, from), result.AbortedTransactions!.Select(a => (a.ProducerId, a.FirstOffset, a.LastOffset)));
            else
                Assert.Null(result.AbortedTransactions);
        }
        Assert.True(at == expected.Count, $"{_action}: {expected.Count - at} batches missing");
    }

    private byte[] Batch(long producerId, int epoch, int sequence, bool transactional, int records = 0)
    {
        var values = Enumerable.Range(0, records > 0 ? records : _random.Next(1, 4)).Select(_ => new string('v', _random.Next(40)));
        byte[] batch = Batches.From(producerId, (short)epoch, sequence, transactional, [.. values]);
        return _random.Next(8) == 0 ? Batches.Gzip(batch) : batch;
    }

    private void AppendFromProducer(long id)
    {
        short epoch = _model.EpochOf(id);
        int sequence = _model.NextSequenceOf(id);
        int records = 0;
        switch (_random.Next(12))
        {
            case 0 or 1 when _model.SentBefore(id, _random.Next(1, 8)) is { } sent:
                (sequence, records) = (sent.First, sent.Last - sent.First + 1);
                break;
            case 2:
                sequence += _random.Next(1, 3);
                break;
            case 3:
                epoch = (short)Math.Max(0, epoch - 1);
                break;
            case 4:
                (epoch, sequence) = ((short)(epoch + 1), _random.Next(2));
                break;
        }
        bool transactional = _model.IsOpen(id) ? _random.Next(10) > 0 : _random.Next(2) == 0;
        Append(Batch(id, epoch, sequence, transactional, records), inTransaction: _random.Next(8) > 0);
    }

    private void Append(byte[] batch, bool inTransaction)
    {
        var expected = _model.Append([.. batch], inTransaction);
        var actual = _log.Append(batch, inTransaction ? Batches.InTransaction : Batches.Client);
        Assert.True(
            expected == (actual.Error, actual.BaseOffset, actual.Duplicate), $"{_action}: model {expected}, log {actual}");
    }

    private void Marker(long id)
    {
        Marker(id, (short)Math.Max(0, _model.EpochOf(id) + _random.Next(-1, 2)));
    }

    private void Marker(long id, short epoch)
    {
        bool commit = _random.Next(2) == 0;
        var expected = _model.Marker(id, epoch, commit);
        var actual = _log.AppendMarker(id, epoch, commit, 0);
        Assert.True(expected == (actual.Error, actual.BaseOffset), $"{_action}: model {expected}, log {actual}");
    }

    private void ApplyRetention()
    {
        _log.ApplyRetention();
        Assert.InRange(_log.LogStartOffset, _model.LogStart, _model.End);
        if (_options.RetentionBytes >= 0)
            Assert.InRange(_log.SizeInBytes, 0, _options.RetentionBytes + _options.SegmentBytes + 500);
        else
            Assert.Equal(_model.LogStart, _log.LogStartOffset);
        _model.LogStart = _log.LogStartOffset;
    }

    private void DeleteRecords()
    {
        long offset = _model.LogStart + _random.NextInt64((_model.End - _model.LogStart) / 4 + 1);
        Assert.Equal(ErrorCode.None, _log.DeleteRecordsBefore(offset));
        _model.LogStart = offset;
    }

    private void Reopen()
    {
        _log.Dispose();
        Assert.Contains(LogFileNames.CleanShutdown, _directory.Names("*"));
        _log = Open();
    }

    private void Kill()
    {
        _left.Add(_log);
        _left.Add(_directory);
        _directory = _directory.CopyAsIs();
        _log = Open();
    }

    private PartitionLog Open() => PartitionLog.Open(_directory.Path, _options, _clock, NullLogger.Instance);
}
