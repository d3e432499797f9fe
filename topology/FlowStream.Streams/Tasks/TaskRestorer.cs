using FlowStream.Streams.Clients;
using FlowStream.Streams.Threads;

namespace FlowStream.Streams.Tasks;

/// <summary>
/// Brings the state of one task at a time back: the snapshot if it fits the log, then the changelog after it up to the high watermark that
/// was seen after the committed input offset was fetched. It works in slices, so that the thread keeps polling.
/// </summary>
/// <remarks>
/// The order matters. Once the committed offset was fetched with require_stable, no older transaction on this partition can commit any
/// more, and every row of those that did lies below the high watermark asked for next. A zombie's open transaction may hold the last stable
/// offset below that mark; its end, at the latest by the transaction timeout, is waited for.
/// </remarks>
internal sealed class TaskRestorer : IDisposable
{
    // A slice is some milliseconds of work: short against the poll interval, long against the cost of a poll.
    private const int RowsPerSlice = 20_000;

    private readonly IKafkaClient _client;
    private readonly ISnapshotStore _snapshots;
    private readonly string _changelogTopic;
    private readonly string _name;
    private readonly StreamsOptions _options;
    private readonly TimeProvider _time;
    private readonly StreamsEvents _events;
    private IChangelogReader? _reader;
    private StreamTask? _task;
    private TaskPosition? _position;
    private SnapshotHeader? _snapshot;
    private long? _committed;
    private long _target;
    private long _rows;
    private long _lastProgress;
    private bool _sawPosition;

    public TaskRestorer(
        IKafkaClient client, ISnapshotStore snapshots, string changelogTopic, string name, StreamsOptions options, TimeProvider time,
        StreamsEvents events)
    {
        _client = client;
        _snapshots = snapshots;
        _changelogTopic = changelogTopic;
        _name = name;
        _options = options;
        _time = time;
        _events = events;
    }

    /// <summary>Works on <paramref name="task"/> for a slice; returns true when its state is whole.</summary>
    /// <exception cref="KafkaClientException">The log cannot be read; the task starts again from nothing.</exception>
    public bool Restore(StreamTask task, IInputConsumer consumer, long nowMs, int timeoutMs)
    {
        if (!ReferenceEquals(_task, task)) Begin(task, consumer);
        if (!Replay(task, timeoutMs)) return false;
        if (!IsConsistent(task))
        {
            _snapshots.Delete(task.Id);
            task.Reset();
            OpenLog(task, useSnapshot: false);
            return false;
        }

        task.Start(Readable(task, StartPosition(task), consumer), nowMs);
        _events.Restored(task.Id, _rows, _snapshot is not null);
        _task = null;
        return true;
    }

    /// <summary>Forgets the task in work, if any.</summary>
    public void Cancel() => _task = null;

    /// <summary>Nothing is left to restore: closes the reader, whose connections and threads are not needed until the next time.</summary>
    public void Release()
    {
        _reader?.Dispose();
        _reader = null;
        _task = null;
    }

    public void Dispose() => Release();

    private void Begin(StreamTask task, IInputConsumer consumer)
    {
        _reader ??= _client.CreateChangelogReader(_name);
        _committed = consumer.Committed(task.Id.Partition);
        _target = _reader.HighWatermark(_changelogTopic, task.Id.Partition);
        OpenLog(task, useSnapshot: true);
        _task = task;
    }

    private void OpenLog(StreamTask task, bool useSnapshot)
    {
        _snapshot = useSnapshot ? LoadSnapshot(task) : null;
        _position = _snapshot?.Position;
        _sawPosition = false;
        _rows = 0;
        _lastProgress = _time.GetTimestamp();
        _reader!.Open(_changelogTopic, task.Id.Partition, _snapshot?.ChangelogOffset ?? 0);
    }

    private SnapshotHeader? LoadSnapshot(StreamTask task)
    {
        if (!_snapshots.TryRead(task.Id, out var header, out var state, out var refusal))
        {
            if (refusal is not null) _events.SnapshotRefused(task.Id, refusal);
            return null;
        }

        if (header.ChangelogOffset > _target)
        {
            _events.SnapshotRefused(task.Id, $"it was cut at changelog offset {header.ChangelogOffset}, the log ends at {_target}");
            return null;
        }

        try
        {
            task.Processor.ReadSnapshot(state.Span);
            return header;
        }
        catch (InvalidDataException e)
        {
            _events.SnapshotRefused(task.Id, e.Message);
            task.Reset();
            return null;
        }
    }

    private bool Replay(StreamTask task, int timeoutMs)
    {
        var reader = _reader!;
        for (var rows = 0; reader.Position < _target; rows++)
        {
            if (rows == RowsPerSlice) return false;
            var before = reader.Position;
            if (reader.TryRead(timeoutMs, out var row))
            {
                // Rows above the mark cannot be of this partition's earlier owners; there is none while this task does not run.
                Apply(task, row);
            }
            else if (reader.Position == before)
            {
                ThrowWhenStuck(task);
                return false;
            }

            _lastProgress = _time.GetTimestamp();
        }

        return true;
    }

    private void Apply(StreamTask task, in ChangelogRow row)
    {
        if (row.Key.IsEmpty) throw new InvalidDataException($"Row {row.Offset} of {_changelogTopic} has no key.");
        _rows++;
        if (row.Key[0] == ChangelogRows.StateKind)
        {
            task.Processor.RestoreRow(row.Key[1..], row.Value);
        }
        else
        {
            _position = ChangelogRows.ReadPosition(row.Value);
            _sawPosition = true;
        }
    }

    private void ThrowWhenStuck(StreamTask task)
    {
        var bound = _options.TransactionTimeout + _options.RestoreGrace;
        if (_time.GetElapsedTime(_lastProgress) <= bound) return;
        _task = null;
        throw new KafkaClientException(
            ClientFailure.TransactionLost,
            $"The changelog of {task.Id} was readable only to {_reader!.Position} of {_target} "
            + "for longer than a transaction may stay open.");
    }

    // A snapshot can be older than a changelog that was deleted and has grown past it again. Rows after the snapshot then carry another
    // changelog id; without any row after it, the group must stand exactly where the snapshot does.
    private bool IsConsistent(StreamTask task)
    {
        if (_snapshot is not { } snapshot) return true;
        var fits = _sawPosition
            ? _position!.Value.ChangelogId == snapshot.Position.ChangelogId
            : _rows == 0 && (_committed ?? snapshot.Position.InputOffset) == snapshot.Position.InputOffset;
        if (!fits) _events.SnapshotRefused(task.Id, "the changelog is not the one it was cut from");
        return fits;
    }

    // Left to the client, a position outside of the log would be moved to its start without a word: deleted records would be missed in
    // silence, and a log that lost its end would be counted twice.
    private TaskPosition Readable(StreamTask task, TaskPosition position, IInputConsumer consumer)
    {
        var (start, end) = consumer.Range(task.Id.Partition);
        if (position.InputOffset > end)
        {
            _events.InputShorter(task.Id, position.InputOffset, start, end);
            return position with { InputOffset = end };
        }

        if (position.InputOffset >= start) return position;
        // A task without a past has missed nothing: what was deleted before it began is not its own.
        if (_committed is not null || _position is not null) _events.InputDeleted(task.Id, position.InputOffset, start);
        return position with { InputOffset = start };
    }

    // State and position were written in one transaction, so the position in the changelog is the one that fits the state; the group's own
    // offset differs from it only when it expired or somebody reset it.
    private TaskPosition StartPosition(StreamTask task)
    {
        if (_position is { } position)
        {
            if (_committed is { } committed && committed != position.InputOffset)
                _events.OffsetDiffers(task.Id, committed, position.InputOffset);
            return position;
        }

        if (_committed is { } offset) _events.StateMissing(task.Id, offset);
        return new TaskPosition(_committed ?? 0, long.MinValue, Guid.NewGuid());
    }
}
