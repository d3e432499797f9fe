using System.Buffers;
using System.Buffers.Binary;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// Adds the measurements of paths up to windows, and emits each when it is final, and again, with the next revision, when something late
/// changes it. The state is what the rows in the changelog say. One for each task of the bandwidth stage; one thread at a time.
/// </summary>
/// <remarks>
/// A measurement older than the retention, or of one path too many in its window, is not added up and is counted: in a window that it is
/// not of it would say something wrong. The record of its message stands by itself.
/// </remarks>
public sealed class PathWindows
{
    private readonly TumblingWindows _windows = TumblingWindows.OneMinute;
    private readonly long _graceMs;
    private readonly long _retentionMs;
    private readonly int _maxPaths;
    private readonly SortedList<long, Dictionary<byte[], PathRow>> _kept = [];
    private readonly List<PathRow> _touched = [];
    private readonly PathQuality _record = new();
    private readonly PathSums[] _sums = new PathSums[PathCodec.Measures];
    private readonly byte[] _key = new byte[PathCodec.MaxRowKeyBytes];
    private readonly byte[] _value = new byte[PathCodec.MaxBytes];
    private long _time = long.MinValue;

    /// <summary>Makes an empty state with the times and limits of <paramref name="options"/>.</summary>
    public PathWindows(BandwidthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _graceMs = (long)options.Grace.TotalMilliseconds;
        _retentionMs = (long)options.Retention.TotalMilliseconds;
        _maxPaths = options.MaxKeysPerWindow;
    }

    /// <summary>Measurements that were not added up, since this was made.</summary>
    public long Dropped { get; private set; }

    /// <summary>Number of windows of paths that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held, estimated.</summary>
    public long MemoryBytes => Count * 600L;

    /// <summary>When the next window becomes final, Unix milliseconds; <see cref="long.MaxValue"/> when none is open.</summary>
    public long NextTimer
    {
        get
        {
            // The latest windows are the open ones, and are few.
            int open = _kept.Count;
            while (open > 0 && _kept.GetKeyAtIndex(open - 1) > SettledThrough) open--;
            return open < _kept.Count ? _windows.EndOf(_kept.GetKeyAtIndex(open)) + _graceMs : long.MaxValue;
        }
    }

    private long SettledThrough => _time < _graceMs ? -1 : _windows.IndexOf(_time - _graceMs) - 1;

    private long OldestKept => _time < _retentionMs ? 0 : _windows.IndexOf(_time - _retentionMs);

    /// <summary>Adds the partial of one message.</summary>
    /// <returns>False, and nothing is added, when it is none that <see cref="PathCodec.WritePartial"/> wrote.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!PathKey.IsValid(key) || !PathCodec.TryReadPartial(value, out long time, _sums)) return false;
        long window = _windows.IndexOf(time);
        if (window < OldestKept || Find(key, window) is not { } row)
        {
            Dropped++;
            return true;
        }
        for (int i = 0; i < _sums.Length; i++) row.Sums[i] += _sums[i];
        row.Changed = true;
        Touch(row);
        return true;
    }

    /// <summary>Time has moved on to <paramref name="timeMs"/>: windows that became final are emitted at the next commit.</summary>
    public void AdvanceTime(long timeMs)
    {
        if (timeMs <= _time) return;
        long from = SettledThrough;
        _time = timeMs;
        long through = SettledThrough;
        if (through == from) return;
        for (int i = _kept.Count - 1; i >= 0 && _kept.GetKeyAtIndex(i) > from; i--)
        {
            if (_kept.GetKeyAtIndex(i) > through) continue;
            foreach (PathRow row in _kept.GetValueAtIndex(i).Values) Touch(row);
        }
    }

    /// <summary>
    /// Emits what changed or became final since the last commit, writes the rows that did, and deletes those of windows that are kept no
    /// longer.
    /// </summary>
    public void Commit(IStateWriter changelog, IPathOutput output)
    {
        ArgumentNullException.ThrowIfNull(changelog);
        ArgumentNullException.ThrowIfNull(output);
        _touched.Sort(Compare);
        long through = SettledThrough;
        foreach (PathRow row in _touched)
        {
            row.Touched = false;
            bool final = row.Window <= through;
            if (!row.Changed && (row.Settled || !final)) continue;
            row.Changed = false;
            row.Settled |= final;
            if (final) Emit(row, output);
            int keyLength = PathCodec.WriteRowKey(_key, row.Path, row.Window);
            changelog.Put(_key.AsSpan(0, keyLength), _value.AsSpan(0, PathCodec.WriteRow(_value, row)));
        }
        _touched.Clear();
        while (_kept.Count > 0 && _kept.GetKeyAtIndex(0) < OldestKept)
            Expire(_kept.GetKeyAtIndex(0), _kept.GetValueAtIndex(0), changelog);
    }

    /// <summary>Takes a row that <see cref="Commit"/> wrote, in the order of writing; an empty value deletes it.</summary>
    /// <exception cref="InvalidDataException">It is not such a row.</exception>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!PathCodec.TryReadRowKey(key, out ReadOnlySpan<byte> path, out long window))
            throw new InvalidDataException("The key of a path changelog row is damaged.");
        if (value.IsEmpty)
        {
            if (_kept.TryGetValue(window, out var rows) && rows.Remove(path.ToArray())) Count--;
            if (rows is { Count: 0 }) _kept.Remove(window);
            return;
        }
        PathRow row = Find(path, window) ?? throw new InvalidDataException("A path changelog has more paths than may be.");
        if (!PathCodec.TryReadRow(value, row)) throw new InvalidDataException("A path changelog row is damaged.");
    }

    /// <summary>Writes the state as of the last <see cref="Commit"/>: time, number of rows, and the rows by window and path.</summary>
    /// <exception cref="InvalidOperationException">Something changed since the last commit.</exception>
    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (_touched.Count > 0) throw new InvalidOperationException("There are changes that are not committed.");
        WriteNumber(snapshot, _time);
        WriteNumber(snapshot, Count);
        foreach (Dictionary<byte[], PathRow> rows in _kept.Values)
        {
            foreach (PathRow row in rows.Values.Order(Comparer<PathRow>.Create(Compare)))
            {
                WriteBytes(snapshot, _key.AsSpan(0, PathCodec.WriteRowKey(_key, row.Path, row.Window)));
                WriteBytes(snapshot, _value.AsSpan(0, PathCodec.WriteRow(_value, row)));
            }
        }
    }

    /// <summary>Replaces the state by one that <see cref="WriteSnapshot"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was written by another version or is damaged; the state is then undefined.</exception>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        _kept.Clear();
        _touched.Clear();
        Count = 0;
        _time = ReadNumber(ref snapshot);
        for (long left = ReadNumber(ref snapshot); left > 0; left--)
        {
            ReadOnlySpan<byte> key = ReadBytes(ref snapshot);
            ReadOnlySpan<byte> value = ReadBytes(ref snapshot);
            if (value.IsEmpty) throw new InvalidDataException("The path snapshot is damaged.");
            RestoreRow(key, value);
        }
        if (!snapshot.IsEmpty) throw new InvalidDataException("The path snapshot is too long.");
    }

    private PathRow? Find(ReadOnlySpan<byte> path, long window)
    {
        if (!_kept.TryGetValue(window, out Dictionary<byte[], PathRow>? rows))
            _kept.Add(window, rows = new Dictionary<byte[], PathRow>(SpanKeyComparer.Instance));
        if (rows.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(path, out PathRow? row)) return row;
        if (rows.Count >= _maxPaths) return null;
        byte[] key = path.ToArray();
        row = new PathRow(key, window);
        rows.Add(key, row);
        Count++;
        return row;
    }

    private void Touch(PathRow row)
    {
        if (row.Touched) return;
        row.Touched = true;
        _touched.Add(row);
    }

    private void Emit(PathRow row, IPathOutput output)
    {
        _record.Clear();
        PathKey.Fill(_record, row.Path);
        _record.Kind = PathRecord.Window;
        _record.Time = _windows.StartOf(row.Window);
        _record.WindowEnd = _windows.EndOf(row.Window);
        _record.Revision = row.Revision++;
        for (int i = 0; i < row.Sums.Length; i++)
        {
            PathSums sums = row.Sums[i];
            if (sums.Count == 0) continue;
            PathMeasure measure = _record.Measures.Add();
            measure.Name = PathFold.MeasureNames[i];
            (measure.Count, measure.Min, measure.Max, measure.Mean) = (sums.Count, sums.Min, sums.Max, sums.Mean);
        }
        output.Path(_record);
    }

    private void Expire(long window, Dictionary<byte[], PathRow> rows, IStateWriter changelog)
    {
        foreach (PathRow row in rows.Values.Order(Comparer<PathRow>.Create(Compare)))
            changelog.Delete(_key.AsSpan(0, PathCodec.WriteRowKey(_key, row.Path, window)));
        Count -= rows.Count;
        _kept.Remove(window);
    }

    private static int Compare(PathRow left, PathRow right)
    {
        int byWindow = left.Window.CompareTo(right.Window);
        return byWindow != 0 ? byWindow : left.Path.AsSpan().SequenceCompareTo(right.Path);
    }

    private static void WriteNumber(IBufferWriter<byte> snapshot, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(snapshot.GetSpan(sizeof(long)), number);
        snapshot.Advance(sizeof(long));
    }

    private static void WriteBytes(IBufferWriter<byte> snapshot, ReadOnlySpan<byte> bytes)
    {
        WriteNumber(snapshot, bytes.Length);
        snapshot.Write(bytes);
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length < sizeof(long)) throw new InvalidDataException("The path snapshot ends too early.");
        long number = BinaryPrimitives.ReadInt64LittleEndian(snapshot);
        snapshot = snapshot[sizeof(long)..];
        return number;
    }

    private static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> snapshot)
    {
        long length = ReadNumber(ref snapshot);
        if (length < 0 || length > snapshot.Length) throw new InvalidDataException("The path snapshot is damaged.");
        ReadOnlySpan<byte> bytes = snapshot[..(int)length];
        snapshot = snapshot[(int)length..];
        return bytes;
    }
}
