using System.Buffers;
using FlowStream.Parsing;
using FlowStream.Sessions;
using FlowStream.Sessions.Table;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>
/// A task of the session stage: parses raw messages, joins them to sessions and splits their volume by window. A message that cannot be
/// parsed becomes a dead letter.
/// </summary>
public sealed class SessionProcessor : IProcessor
{
    // Set by the producer on every raw record: ip:port of the sender.
    private const string SourceHeader = "flow.source";

    private static readonly byte[] UnknownSender = "unknown"u8.ToArray();

    private readonly ParsedMessages _waiting = new();
    private readonly SessionJoin _join;
    private readonly PathFold _paths;
    private readonly SessionResults _results;
    private readonly DeadLetters _deadLetters;
    private readonly TopologyEvents _events;
    private readonly RepairCounts _repairs = new();
    private readonly DeviceReport _devices;
    private readonly StateRows _rows = new();
    private readonly KeyValuePair<string, object?> _partition;
    private JoinTotals _joined;
    private long _parsed;
    private long _lastTime = -1;

    /// <summary>Makes the empty processor of a task.</summary>
    /// <param name="options">What it does.</param>
    /// <param name="partialsTopic">Where partial sums go.</param>
    /// <param name="partition">Partition of the raw topic.</param>
    /// <param name="events">Counts and logs what it does.</param>
    public SessionProcessor(TopologyOptions options, string partialsTopic, int partition, TopologyEvents events)
    {
        _join = new SessionJoin(options.Sessions, options.HashSeed);
        _results = new SessionResults(options, partialsTopic, partition);
        _paths = new PathFold(options.Sessions);
        _deadLetters = new DeadLetters(FlowTopics.Raw, partition, events);
        _events = events;
        _partition = TopologyEvents.PartitionTag(partition);
        _devices = new DeviceReport(_partition);
    }

    /// <inheritdoc/>
    public long NextTimer => _waiting.Count == 0 ? _join.NextTimer : _lastTime + 1;

    /// <inheritdoc/>
    public long MemoryBytes => _join.MemoryBytes + _results.MemoryBytes + _waiting.MemoryBytes;

    /// <summary>
    /// Begins a look through the sessions of this task, on the task's thread. It sees all messages up to the last commit, and of later ones
    /// those that do not wait for others.
    /// </summary>
    public SessionScan Scan(SessionFilter filter) => _join.Scan(filter);

    /// <inheritdoc/>
    public void Process(in InputRecord record, IRecordCollector output)
    {
        SessionEvent e = _waiting.Next;
        Refusal refusal = SyslogParser.Parse(record.Value, e);
        if (!refusal.Accepted)
        {
            _deadLetters.Send(record, refusal, output);
            return;
        }
        _parsed++;
        if (e.Repairs != Repair.None) _repairs.Add(e.Repairs);
        if (e.DeviceHost.IsEmpty)
        {
            // Its sender stands in the record, which is gone when the call ends.
            JoinWaiting(output);
            Join(e, record.Timestamp, Sender(record.Headers), output);
            return;
        }
        _waiting.Add(record.Timestamp);
        if (_waiting.IsFull) JoinWaiting(output);
    }

    /// <inheritdoc/>
    public void AdvanceTime(long streamTime, IRecordCollector output)
    {
        _lastTime = Math.Max(_lastTime, streamTime);
        if (_waiting.TryAddTime(streamTime)) return;
        JoinWaiting(output);
        MoveTime(streamTime, output);
    }

    /// <inheritdoc/>
    public void Commit(IChangelogWriter changelog, IRecordCollector output)
    {
        JoinWaiting(output);
        _results.Drain(output);
        _join.CollectChanges(_rows.To(changelog));
        _deadLetters.Commit();
        if (_parsed > 0) _events.Parsed(_parsed);
        _parsed = 0;
        _repairs.Commit(_events);
        _events.Joined(_join.Counters, _joined);
        _joined = JoinTotals.Of(_join.Counters);
        _devices.Commit(_join.Counters.Devices, _events);
        _events.Open(_partition, _join.OpenSessions);
    }

    /// <inheritdoc/>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _join.RestoreRow(key, value);

    /// <inheritdoc/>
    public void WriteSnapshot(IBufferWriter<byte> snapshot) => _join.WriteSnapshot(snapshot);

    /// <inheritdoc/>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot) => _join.ReadSnapshot(snapshot);

    private void JoinWaiting(IRecordCollector output)
    {
        if (_waiting.Count == 0) return;
        _join.Foresee(_waiting.Events);
        for (int i = 0; i < _waiting.Count; i++)
        {
            Join(_waiting.Events[i], _waiting.Timestamp(i), default, output);
            if (_waiting.TryGetTime(i, out long streamTime)) MoveTime(streamTime, output);
        }
        _waiting.Clear();
    }

    private void Join(SessionEvent e, long timestamp, ReadOnlySpan<byte> sender, IRecordCollector output)
    {
        _results.Timestamp = timestamp;
        if (e.Kind == EventKind.Deny) _results.NoteFlow(e);
        if (PathFold.IsPath(e)) _results.Measured(_paths.Fold(e, timestamp, sender), output);
        else _join.Apply(e, timestamp, sender, new SessionSink(_results, output));
    }

    private void MoveTime(long streamTime, IRecordCollector output)
    {
        _results.StreamTime = _results.Timestamp = streamTime;
        _join.AdvanceTime(streamTime, new SessionSink(_results, output));
    }

    private static ReadOnlySpan<byte> Sender(IRecordHeaders? headers)
    {
        for (int i = 0; i < (headers?.Count ?? 0); i++)
        {
            if (headers!.Name(i) != SourceHeader) continue;
            ReadOnlySpan<byte> source = headers.Value(i);
            int port = source.LastIndexOf((byte)':');
            ReadOnlySpan<byte> address = port < 0 ? source : source[..port];
            // An IPv6 address stands in brackets before the port.
            if (address.Length > 2 && address[0] == '[' && address[^1] == ']') address = address[1..^1];
            if (!address.IsEmpty) return address;
        }
        return UnknownSender;
    }
}
