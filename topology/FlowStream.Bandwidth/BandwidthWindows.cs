using System.Buffers;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The second of two steps: adds partial sums up to windows, emits each window when it is final, and again, with the next revision,
/// when something late changes it. One for each task of the bandwidth stage; one thread at a time.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Time is that of the records, moved by <see cref="AdvanceTime"/>. A window is final once time has passed its end and the grace.
/// Tasks of the session stage that lag further behind cause revisions, never loss.</item>
/// <item>All output happens in <see cref="Commit"/>: one record for each key that changed, however many partials did it, in the order of
/// window and key.</item>
/// <item>A window is kept for the retention. What arrives for an older one is added to the oldest that is kept and counts as late there.
/// </item>
/// <item>The state is what the rows in the changelog say, last value for each key, and nothing else.</item>
/// </list>
/// </remarks>
public sealed class BandwidthWindows
{
    private readonly BandwidthOptions _options;
    private readonly TumblingWindows _windows;
    private readonly int _partition;
    private readonly long _graceMs;
    private readonly long _retentionMs;
    private readonly long _lastWindow;
    private readonly RowTable _rows = new();
    private readonly List<TouchedRow> _touched = [];
    private readonly BandwidthWindow _record = new();
    private readonly byte[] _key = new byte[RowCodec.MaxKeyBytes];
    private readonly byte[] _value = new byte[RowCodec.MaxValueBytes];
    private long _time = long.MinValue;

    /// <summary>Makes an empty state.</summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="partition">Partition of the task; marks what it adds up as <c>other</c>.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public BandwidthWindows(BandwidthOptions options, int partition)
    {
        options.Validate();
        _options = options;
        _windows = options.Windows;
        _partition = partition;
        _graceMs = (long)options.Grace.TotalMilliseconds;
        _retentionMs = (long)options.Retention.TotalMilliseconds;
        _lastWindow = _windows.IndexOf(TumblingWindows.LastMs);
    }

    /// <summary>Number of sums kept: keys times windows.</summary>
    public int Count => _rows.Count;

    /// <summary>Bytes of memory held, estimated.</summary>
    public long MemoryBytes => _rows.MemoryBytes + (_touched.Capacity * 80L);

    /// <summary>Partial sums that went to <c>other</c> because there were too many keys, since this was made.</summary>
    public long Folded { get; private set; }

    /// <summary>Partial sums whose window was not kept any more, since this was made.</summary>
    public long Late { get; private set; }

    /// <summary>When the next window becomes final, Unix milliseconds; <see cref="long.MaxValue"/> when none is open.</summary>
    public long NextTimer
    {
        get
        {
            int place = _rows.FirstWindowFrom(SettledThrough + 1);
            return place < _rows.Windows.Length ? _windows.EndOf(_rows.Windows[place].Index) + _graceMs : long.MaxValue;
        }
    }

    // Highest window that is final, or -1.
    private long SettledThrough => _time < _graceMs ? -1 : _windows.IndexOf(_time - _graceMs) - 1;

    private long OldestKept => _time < _retentionMs ? 0 : _windows.IndexOf(_time - _retentionMs);

    /// <summary>Adds the sums of a partial record.</summary>
    /// <returns>False, and nothing is added, when it is not one that <see cref="PartialWindows"/> wrote.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!SeriesKey.IsValid(key)) return false;
        var check = new PartialReader(value, _lastWindow);
        while (check.TryRead(out _, out _)) continue;
        if (!check.IsComplete) return false;

        long oldest = OldestKept;
        var partial = new PartialReader(value, _lastWindow);
        while (partial.TryRead(out long window, out WindowSums sums))
        {
            if (window < oldest)
            {
                Late++;
                // Bytes that the session stage counted as late already are not counted twice.
                sums = sums with { LateBytes = sums.Bytes };
                window = oldest;
            }
            Add(key, window, sums);
        }
        return true;
    }

    /// <summary>Time has moved on to <paramref name="timeMs"/>: windows that became final are emitted at the next commit.</summary>
    public void AdvanceTime(long timeMs)
    {
        if (timeMs <= _time) return;
        int place = _rows.FirstWindowFrom(SettledThrough + 1);
        _time = timeMs;
        long through = SettledThrough;
        for (; place < _rows.Windows.Length && _rows.Windows[place].Index <= through; place++)
        {
            for (int row = _rows.Windows[place].FirstRow; row >= 0; row = _rows[row].Next)
            {
                if (!_rows[row].Settled) Touch(row);
            }
        }
    }

    /// <summary>
    /// Emits what changed or became final since the last commit, writes the rows that did, and deletes those of windows that are kept no
    /// longer.
    /// </summary>
    public void Commit(IStateWriter changelog, IWindowOutput output)
    {
        _touched.Sort(CompareTouched);
        long through = SettledThrough;
        foreach (TouchedRow touched in _touched) CommitRow(touched, through, changelog, output);
        _touched.Clear();
        long oldest = OldestKept;
        while (_rows.Windows.Length > 0 && _rows.Windows[0].Index < oldest) Expire(_rows.Windows[0].FirstRow, changelog);
    }

    /// <summary>Takes a row that <see cref="Commit"/> wrote, in the order of writing; an empty value deletes it.</summary>
    /// <exception cref="InvalidDataException">It is not such a row.</exception>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!RowCodec.TryReadKey(key, _lastWindow, out ReadOnlySpan<byte> series, out long window))
            throw new InvalidDataException("The key of a bandwidth changelog row is damaged.");
        int number = _rows.Find(series, window);
        if (value.IsEmpty)
        {
            if (number >= 0) _rows.Remove(number);
            return;
        }
        if (number < 0) number = _rows.Add(series, window);
        if (!RowCodec.TryReadValue(value, ref _rows[number])) throw new InvalidDataException("A bandwidth changelog row is damaged.");
        _rows[number].Persisted = true;
    }

    /// <summary>Writes the state as of the last <see cref="Commit"/>: the same bytes for the same state.</summary>
    /// <exception cref="InvalidOperationException">Something changed since the last commit.</exception>
    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        if (_touched.Count > 0) throw new InvalidOperationException("There are changes that are not committed.");
        SnapshotCodec.Write(snapshot, _rows, _time);
    }

    /// <summary>Replaces the state by one that <see cref="WriteSnapshot"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was written by another version or is damaged; the state is then undefined.</exception>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        _rows.Clear();
        _touched.Clear();
        _time = SnapshotCodec.Read(snapshot, RestoreRow);
    }

    private void Add(ReadOnlySpan<byte> key, long window, in WindowSums sums)
    {
        int number = _rows.Find(key, window);
        if (number < 0 && IsFull(key, window))
        {
            Folded++;
            key = _key.AsSpan(0, SeriesKey.Fold(key, _partition, _key));
            number = _rows.Find(key, window);
        }
        if (number < 0) number = _rows.Add(key, window);
        Touch(number);
        _rows[number].Sums += sums;
    }

    private bool IsFull(ReadOnlySpan<byte> key, long window) =>
        SeriesKey.CanFold(key) && (_rows.Count >= _options.MaxRows || _rows.KeysBeside(key, window) >= _options.MaxKeysPerWindow);

    private void Touch(int number)
    {
        ref WindowRow row = ref _rows[number];
        if (row.Touched) return;
        row.Touched = true;
        _touched.Add(new TouchedRow(number, row.Sums));
    }

    private void CommitRow(in TouchedRow touched, long through, IStateWriter changelog, IWindowOutput output)
    {
        ref WindowRow row = ref _rows[touched.Row];
        row.Touched = false;
        if (row.Sums.IsZero && !row.Persisted)
        {
            // Booked and taken back before anybody was told: as if it had never been.
            _rows.Remove(touched.Row);
            return;
        }
        bool final = row.Window <= through;
        bool changed = row.Sums != touched.Before;
        if (!changed && (row.Settled || !final)) return;
        row.Settled |= final;
        bool isWorthTelling = row.Revision > 0 || !row.Sums.IsZero;
        if (isWorthTelling && (final || _options.Early)) Emit(ref row, output);
        row.Persisted = true;
        int keyLength = RowCodec.WriteKey(_key, _rows.Series.Key(row.Series), row.Window);
        int valueLength = RowCodec.WriteValue(_value, row);
        changelog.Put(_key.AsSpan(0, keyLength), _value.AsSpan(0, valueLength));
    }

    private void Emit(ref WindowRow row, IWindowOutput output)
    {
        byte[] key = _rows.Series.Key(row.Series);
        _record.Aggregation = new Utf8Text(SeriesKey.Name(key));
        SeriesKey.CopyDimensions(key, _record.Dimensions);
        _record.WindowStart = _windows.StartOf(row.Window);
        _record.WindowEnd = _windows.EndOf(row.Window);
        _record.BytesFromClient = row.Sums.Volume.BytesFromClient;
        _record.BytesFromServer = row.Sums.Volume.BytesFromServer;
        _record.PacketsFromClient = row.Sums.Volume.PacketsFromClient;
        _record.PacketsFromServer = row.Sums.Volume.PacketsFromServer;
        _record.SessionsOpened = row.Sums.Opened;
        _record.SessionsClosed = row.Sums.Closed;
        _record.Denials = row.Sums.Denied;
        _record.EstimatedBytes = row.Sums.EstimatedBytes;
        _record.LateBytes = row.Sums.LateBytes;
        _record.Revision = row.Revision++;
        _record.Final = row.Settled;
        output.Window(_record);
    }

    private void Expire(int number, IStateWriter changelog)
    {
        ref WindowRow row = ref _rows[number];
        if (row.Persisted)
        {
            int length = RowCodec.WriteKey(_key, _rows.Series.Key(row.Series), row.Window);
            changelog.Delete(_key.AsSpan(0, length));
        }
        _rows.Remove(number);
    }

    private int CompareTouched(TouchedRow left, TouchedRow right)
    {
        ref WindowRow a = ref _rows[left.Row];
        ref WindowRow b = ref _rows[right.Row];
        int byWindow = a.Window.CompareTo(b.Window);
        return byWindow != 0 ? byWindow : _rows.Series.Key(a.Series).AsSpan().SequenceCompareTo(_rows.Series.Key(b.Series));
    }
}
