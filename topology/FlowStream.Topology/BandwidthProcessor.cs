using System.Buffers;
using System.Buffers.Binary;
using FlowStream.Bandwidth;
using FlowStream.Schemas;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>A task of the bandwidth stage: adds partial sums up to windows. A record that is no partial becomes a dead letter.</summary>
public sealed class BandwidthProcessor : IProcessor, IWindowOutput, IPathOutput
{
    private readonly BandwidthWindows _windows;
    private readonly PathWindows _paths;
    private readonly RecordValue<PathQuality> _path = new();
    private readonly ArrayBufferWriter<byte> _pathSnapshot = new();
    private readonly DeadLetters _deadLetters;
    private readonly TopologyEvents _events;
    private readonly int _partition;
    private readonly StateRows _rows = new();
    private readonly RecordValue<BandwidthWindow> _value = new();
    private byte[] _key = new byte[256];
    private IRecordCollector? _output;
    private long _streamTime;
    private long _emitted;
    private long _late;
    private long _folded;

    /// <summary>Makes the empty processor of a task.</summary>
    /// <param name="options">How windows are kept and emitted.</param>
    /// <param name="partialsTopic">The topic it reads.</param>
    /// <param name="partition">Partition of that topic.</param>
    /// <param name="events">Counts and logs what it does.</param>
    public BandwidthProcessor(BandwidthOptions options, string partialsTopic, int partition, TopologyEvents events)
    {
        _windows = new BandwidthWindows(options, partition);
        _paths = new PathWindows(options);
        _deadLetters = new DeadLetters(partialsTopic, partition, events);
        _events = events;
        _partition = partition;
    }

    /// <inheritdoc/>
    public long NextTimer => Math.Min(_windows.NextTimer, _paths.NextTimer);

    /// <inheritdoc/>
    public long MemoryBytes => _windows.MemoryBytes + _paths.MemoryBytes;

    /// <inheritdoc/>
    public void Process(in InputRecord record, IRecordCollector output)
    {
        bool taken = PathKey.IsPath(record.Key) ? _paths.TryAdd(record.Key, record.Value) : _windows.TryAdd(record.Key, record.Value);
        if (!taken) _deadLetters.SendPartial(record, output);
    }

    /// <inheritdoc/>
    public void AdvanceTime(long streamTime, IRecordCollector output)
    {
        _streamTime = streamTime;
        _windows.AdvanceTime(streamTime);
        _paths.AdvanceTime(streamTime);
    }

    /// <inheritdoc/>
    public void Commit(IChangelogWriter changelog, IRecordCollector output)
    {
        _output = output;
        _windows.Commit(_rows.To(changelog), this);
        _paths.Commit(_rows, this);
        _output = null;
        _deadLetters.Commit();
        _events.Windowed(_partition, _emitted, _windows.Late - _late, _windows.Folded - _folded);
        (_emitted, _late, _folded) = (0, _windows.Late, _windows.Folded);
    }

    /// <summary>Sends a window that the commit under way emits.</summary>
    /// <exception cref="InvalidOperationException">No commit is under way.</exception>
    public void Window(BandwidthWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        IRecordCollector output = _output ?? throw new InvalidOperationException("Windows are emitted by a commit.");
        if (_key.Length < WindowKey.MaxBytes(window)) _key = new byte[WindowKey.MaxBytes(window)];
        int length = WindowKey.Write(window, _key);
        output.Send(FlowTopics.Bandwidth, _key.AsSpan(0, length), _value.Of(window), _streamTime);
        _emitted++;
    }

    /// <summary>Sends a window of a path that the commit under way emits.</summary>
    /// <exception cref="InvalidOperationException">No commit is under way.</exception>
    public void Path(PathQuality window)
    {
        ArgumentNullException.ThrowIfNull(window);
        IRecordCollector output = _output ?? throw new InvalidOperationException("Windows are emitted by a commit.");
        if (_key.Length < PathTopicKey.MaxBytes(window)) _key = new byte[PathTopicKey.MaxBytes(window)];
        output.Send(FlowTopics.Paths, _key.AsSpan(0, PathTopicKey.Write(window, _key)), _path.Of(window), _streamTime);
    }

    /// <inheritdoc/>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (PathKey.IsPath(key)) _paths.RestoreRow(key, value);
        else _windows.RestoreRow(key, value);
    }

    /// <inheritdoc/>
    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        _pathSnapshot.ResetWrittenCount();
        _paths.WriteSnapshot(_pathSnapshot);
        BinaryPrimitives.WriteInt32LittleEndian(snapshot.GetSpan(sizeof(int)), _pathSnapshot.WrittenCount);
        snapshot.Advance(sizeof(int));
        snapshot.Write(_pathSnapshot.WrittenSpan);
        _windows.WriteSnapshot(snapshot);
    }

    /// <inheritdoc/>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        int length = snapshot.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(snapshot);
        if (length < 0 || length > snapshot.Length - sizeof(int)) throw new InvalidDataException("The snapshot of windows is damaged.");
        _paths.ReadSnapshot(snapshot.Slice(sizeof(int), length));
        _windows.ReadSnapshot(snapshot[(sizeof(int) + length)..]);
    }
}
