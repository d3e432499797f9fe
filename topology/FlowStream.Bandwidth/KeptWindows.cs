using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The rows of all windows of one length, and their way to the output: final when time has passed, again when something changes, gone when
/// they are kept no longer. What becomes final is passed on to the longer windows.
/// </summary>
internal sealed class KeptWindows
{
    private const int Hour = 60;

    private readonly BandwidthOptions _options;
    private readonly TumblingWindows _windows;
    private readonly int _partition;
    private readonly int _minutes;
    private readonly long _graceMs;
    private readonly long _retentionMs;
    private readonly long _lastWindow;
    private readonly List<TouchedRow> _touched = [];
    private readonly byte[] _key = new byte[RowCodec.MaxKeyBytes];
    private readonly byte[] _value = new byte[RowCodec.MaxValueBytes];
    private readonly long[] _reasons = new long[EndReasonSums.Count];
    private long _time = long.MinValue;

    /// <summary>Makes an empty set.</summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="windows">The windows, of whole minutes.</param>
    /// <param name="partition">Partition of the task; marks what is added up as <c>other</c>.</param>
    public KeptWindows(BandwidthOptions options, TumblingWindows windows, int partition)
    {
        Rows = new RowTable(options.TopTalkers);
        _options = options;
        _windows = windows;
        _partition = partition;
        // 0 for one minute: rows of before there were longer windows say nothing there.
        _minutes = windows.SizeMs == TumblingWindows.OneMinute.SizeMs ? 0 : (int)(windows.SizeMs / TumblingWindows.OneMinute.SizeMs);
        _graceMs = (long)options.Grace.TotalMilliseconds;
        _retentionMs = (long)options.Retention.TotalMilliseconds;
        _lastWindow = windows.IndexOf(TumblingWindows.LastMs);
    }

    /// <summary>The rows.</summary>
    public RowTable Rows { get; }

    /// <summary>Length of a window in minutes as it stands in changelog keys.</summary>
    public int Minutes => _minutes;

    /// <summary>Windows longer than these that are added up from them.</summary>
    public IReadOnlyList<KeptWindows> Longer { get; init; } = [];

    /// <summary>Bytes of memory held, estimated.</summary>
    public long MemoryBytes => Rows.MemoryBytes + (_touched.Capacity * 120L);

    /// <summary>Sums that went to <c>other</c> because there were too many keys.</summary>
    public long Folded { get; private set; }

    /// <summary>True when there are changes since the last commit.</summary>
    public bool IsTouched => _touched.Count > 0;

    /// <summary>The oldest window that is kept.</summary>
    public long OldestKept => _time < _retentionMs ? 0 : _windows.IndexOf(_time - _retentionMs);

    /// <summary>When the next window becomes final, Unix milliseconds; <see cref="long.MaxValue"/> when none is open.</summary>
    public long NextTimer
    {
        get
        {
            int place = Rows.FirstWindowFrom(SettledThrough + 1);
            return place < Rows.Windows.Length ? _windows.EndOf(Rows.Windows[place].Index) + _graceMs : long.MaxValue;
        }
    }

    // Highest window that is final, or -1.
    private long SettledThrough => _time < _graceMs ? -1 : _windows.IndexOf(_time - _graceMs) - 1;

    /// <summary>Adds to the row of a key and window, or, when there are too many keys, to that of <c>other</c>.</summary>
    public void Add(ReadOnlySpan<byte> key, long window, in WindowSums sums, ReadOnlySpan<long> reasons)
    {
        if (TalkerDirection.Of(key) is { } direction)
        {
            AddTalker(key, window, sums, direction);
            return;
        }
        int number = Rows.Find(key, window);
        if (number < 0 && IsFull(key, window))
        {
            Folded++;
            AddToOther(key, window, sums);
            return;
        }
        if (number < 0) number = Rows.Add(key, window);
        AddTo(number, sums);
        if (!EndReasonSums.AreZero(reasons)) Rows.ReasonsToAdd(number).Add(reasons);
    }

    /// <summary>Adds to what is added up as <c>other</c> in the place of <paramref name="key"/>.</summary>
    public void AddToOther(ReadOnlySpan<byte> key, long window, in WindowSums sums)
    {
        if (SeriesKey.CanFold(key)) key = _key.AsSpan(0, SeriesKey.Fold(key, _partition, _key));
        int number = Rows.Find(key, window);
        AddTo(number < 0 ? Rows.Add(key, window) : number, sums);
    }

    /// <summary>Time has moved on: windows that became final are emitted at the next commit.</summary>
    public void AdvanceTime(long timeMs)
    {
        int place = Rows.FirstWindowFrom(SettledThrough + 1);
        _time = timeMs;
        long through = SettledThrough;
        for (; place < Rows.Windows.Length && Rows.Windows[place].Index <= through; place++)
        {
            for (int row = Rows.Windows[place].FirstRow; row >= 0; row = Rows[row].Next)
            {
                if (!Rows[row].Settled) Touch(row);
            }
        }
    }

    /// <summary>Emits, writes and passes on what changed or became final; deletes what is kept no longer.</summary>
    public void Commit(IStateWriter changelog, WindowEmitter emitter)
    {
        _touched.Sort(CompareTouched);
        long through = SettledThrough;
        foreach (TouchedRow touched in _touched) CommitRow(touched, through, changelog, emitter);
        _touched.Clear();
        long oldest = OldestKept;
        while (Rows.Windows.Length > 0 && Rows.Windows[0].Index < oldest) Expire(Rows.Windows[0].FirstRow, changelog);
    }

    /// <summary>Takes a row as the changelog has it; an empty value deletes it.</summary>
    /// <returns>False when it is damaged.</returns>
    public bool TryRestore(ReadOnlySpan<byte> series, long window, ReadOnlySpan<byte> value)
    {
        if (window < 0 || window > _lastWindow) return false;
        int number = Rows.Find(series, window);
        if (value.IsEmpty)
        {
            if (number >= 0) Rows.Remove(number);
            return true;
        }
        if (number < 0) number = Rows.Add(series, window);
        Array.Clear(_reasons);
        if (!RowCodec.TryReadValue(value, ref Rows[number], _reasons)) return false;
        Rows[number].Persisted = true;
        Rows.SetReasons(number, _reasons, passed: Rows[number].Settled);
        return true;
    }

    /// <summary>Sets time without doing what is due: that of a restored state.</summary>
    public void SetTime(long timeMs) => _time = timeMs;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Rows.Clear();
        _touched.Clear();
        _time = long.MinValue;
    }

    private void AddTo(int number, in WindowSums sums)
    {
        Touch(number);
        Rows[number].Sums += sums;
    }

    private void AddTalker(ReadOnlySpan<byte> key, long window, in WindowSums sums, TalkerDirection direction)
    {
        int number = Rows.Find(key, window);
        if (!SeriesKey.CanFold(key) || (number >= 0 && !Rows[number].GaveWay))
        {
            AddTo(number < 0 ? Rows.Add(key, window) : number, sums);
            return;
        }
        bool hasRoom = Rows.Talkers.HasRoom(window, direction);
        long bytes = direction.Of(sums.Volume);
        if (!hasRoom && (window <= SettledThrough || bytes <= 0))
        {
            // What was told is not taken away again: the pair stays in the rest.
            AddToOther(key, window, sums with { ErrorBytes = sums.ErrorBytes + Math.Max(0, bytes) });
            return;
        }
        long error = hasRoom ? Rows.Talkers.HighestError(window, direction) : GiveWay(key, window, direction);
        Admit(key, window, sums with { ErrorBytes = sums.ErrorBytes + error });
    }

    private void Admit(ReadOnlySpan<byte> key, long window, in WindowSums sums)
    {
        int number = Rows.Find(key, window);
        if (number < 0)
        {
            number = Rows.Add(key, window);
        }
        else
        {
            Rows[number].GaveWay = false;
            Rows.Talkers.Added(number);
        }
        AddTo(number, sums);
    }

    // The least goes to the rest; returns the most that it can have moved.
    private long GiveWay(ReadOnlySpan<byte> key, long window, TalkerDirection direction)
    {
        int least = Rows.Talkers.TakeLeast(window, direction);
        long most = Math.Max(0, Rows.Talkers.Most(least, direction));
        WindowSums given = Rows[least].Sums with { ErrorBytes = 0 };
        Touch(least);
        Rows[least].Sums = default;
        Rows[least].GaveWay = true;
        AddToOther(key, window, given);
        return most;
    }

    private bool IsFull(ReadOnlySpan<byte> key, long window) =>
        SeriesKey.CanFold(key) && (Rows.Count >= _options.MaxRows || Rows.KeysBeside(key, window) >= _options.MaxKeysPerWindow);

    private void Touch(int number)
    {
        ref WindowRow row = ref Rows[number];
        if (row.Touched) return;
        row.Touched = true;
        _touched.Add(new TouchedRow(number, row.Sums));
    }

    private void CommitRow(in TouchedRow touched, long through, IStateWriter changelog, WindowEmitter emitter)
    {
        ref WindowRow row = ref Rows[touched.Row];
        row.Touched = false;
        EndReasonRow? reasons = Rows.ReasonsOf(touched.Row);
        if (row.Sums.IsZero && row.Revision == 0 && !row.Settled && (reasons is null || EndReasonSums.AreZero(reasons.Sums)))
        {
            // Booked and taken back before anybody was told: as if it had never been.
            Expire(touched.Row, changelog);
            return;
        }
        bool final = row.Window <= through;
        bool changed = row.Sums != touched.Before || reasons is { IsTouched: true };
        if (!changed && (row.Settled || !final)) return;
        if (final) PassOn(row, row.Settled ? row.Sums - touched.Before : WithError(row), reasons);
        row.Settled |= final;
        bool isWorthTelling = row.Revision > 0 || !row.Sums.IsZero;
        ReadOnlySpan<long> sums = reasons is null ? default : reasons.Sums;
        if (isWorthTelling && (final || _options.Early)) emitter.Emit(Rows.Series.Key(row.Series), ref row, sums, _windows, ErrorOf(row));
        row.Persisted = true;
        if (reasons is not null) reasons.IsTouched = false;
        int keyLength = RowCodec.WriteKey(_key, Rows.Series.Key(row.Series), _minutes, row.Window);
        int valueLength = RowCodec.WriteValue(_value, row, sums);
        changelog.Put(_key.AsSpan(0, keyLength), _value.AsSpan(0, valueLength));
    }

    // To the longer windows the error of a minute is one number, that of its rest, which holds for every pair.
    private WindowSums WithError(in WindowRow row)
    {
        byte[] key = Rows.Series.Key(row.Series);
        if (TalkerDirection.Of(key) is null) return row.Sums;
        return row.Sums with { ErrorBytes = SeriesKey.CanFold(key) ? 0 : ErrorOf(row) };
    }

    // What a row may lack: what it came too late for, and what never reached this step. Of the rest, the most that one pair of it has.
    private long ErrorOf(in WindowRow row)
    {
        byte[] key = Rows.Series.Key(row.Series);
        if (TalkerDirection.Of(key) is not { } direction) return 0;
        if (!SeriesKey.CanFold(key)) return row.Sums.ErrorBytes + Rows.Talkers.HighestError(row.Window, direction);
        int other = Rows.Find(_key.AsSpan(0, SeriesKey.Fold(key, _partition, _key)), row.Window);
        return row.Sums.ErrorBytes + (other < 0 ? 0 : Rows[other].Sums.ErrorBytes);
    }

    // A longer window takes of its minutes what is final, so that it changes, and is written, once a minute and not at every commit.
    private void PassOn(in WindowRow row, in WindowSums change, EndReasonRow? reasons)
    {
        if (Longer.Count == 0) return;
        Span<long> passed = default;
        if (reasons is not null) reasons.Pass(passed = _reasons);
        long startMs = _windows.StartOf(row.Window);
        foreach (KeptWindows longer in Longer)
        {
            long active = longer.Minutes == Hour ? change.ActiveInHour : change.ActiveInFive;
            WindowSums sums = change with { Active = active, ActiveInFive = 0, ActiveInHour = 0 };
            if (!sums.IsZero || !EndReasonSums.AreZero(passed))
                longer.Add(Rows.Series.Key(row.Series), longer._windows.IndexOf(startMs), sums, passed);
        }
    }

    private void Expire(int number, IStateWriter changelog)
    {
        ref WindowRow row = ref Rows[number];
        if (row.Persisted)
        {
            int length = RowCodec.WriteKey(_key, Rows.Series.Key(row.Series), _minutes, row.Window);
            changelog.Delete(_key.AsSpan(0, length));
        }
        Rows.Remove(number);
    }

    private int CompareTouched(TouchedRow left, TouchedRow right)
    {
        ref WindowRow a = ref Rows[left.Row];
        ref WindowRow b = ref Rows[right.Row];
        int byWindow = a.Window.CompareTo(b.Window);
        return byWindow != 0 ? byWindow : Rows.Series.Key(a.Series).AsSpan().SequenceCompareTo(Rows.Series.Key(b.Series));
    }
}
