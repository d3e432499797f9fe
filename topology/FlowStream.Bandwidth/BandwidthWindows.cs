using System.Buffers;
using FlowStream.Parsing;
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
/// <item>Windows of five minutes and of an hour are added up from those of a minute once these are final.</item>
/// <item>The state is what the rows in the changelog say, last value for each key, and nothing else.</item>
/// </list>
/// </remarks>
public sealed class BandwidthWindows
{
    private readonly BandwidthOptions _options;
    private readonly int _partition;
    private readonly KeptWindows _minutes;
    private readonly List<KeptWindows> _lengths;
    private readonly WindowEmitter _emitter = new();
    private readonly long[] _reasons = new long[EndReasonSums.Count];
    private readonly byte[] _talkerKey = new byte[SeriesKey.MaxBytes];
    private readonly long _lastWindow = TumblingWindows.OneMinute.IndexOf(TumblingWindows.LastMs);
    private long _time = long.MinValue;

    /// <summary>Makes an empty state.</summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="partition">Partition of the task; marks what it adds up as <c>other</c>.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public BandwidthWindows(BandwidthOptions options, int partition)
    {
        options.Validate();
        _options = options;
        _partition = partition;
        List<KeptWindows> longer = options.Longer
            ? [new(options, TumblingWindows.FiveMinutes, partition), new(options, TumblingWindows.OneHour, partition)]
            : [];
        _minutes = new KeptWindows(options, TumblingWindows.OneMinute, partition) { Longer = longer };
        _lengths = [_minutes, .. longer];
    }

    /// <summary>Number of sums kept: keys times windows.</summary>
    public int Count => _lengths.Sum(length => length.Rows.Count);

    /// <summary>Bytes of memory held, estimated.</summary>
    public long MemoryBytes => _lengths.Sum(length => length.MemoryBytes);

    /// <summary>Sums that went to <c>other</c> because there were too many keys, since this was made.</summary>
    public long Folded => _lengths.Sum(length => length.Folded);

    /// <summary>Partial sums whose window was not kept any more, since this was made.</summary>
    public long Late { get; private set; }

    /// <summary>When the next window becomes final, Unix milliseconds; <see cref="long.MaxValue"/> when none is open.</summary>
    public long NextTimer => _lengths.Min(length => length.NextTimer);

    /// <summary>The task of the session stage that a partial comes from, or -1 when it does not say or is damaged.</summary>
    public static int SourceOf(ReadOnlySpan<byte> value) => PartialReader.TryReadSource(value, out int source, out _) ? source : -1;

    /// <summary>Adds the sums of a partial record.</summary>
    /// <returns>False, and nothing is added, when it is not one that <see cref="PartialWindows"/> wrote.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!SeriesKey.IsValid(key)) return false;
        if (TalkerDirection.Of(key) is not null) return SeriesKey.IsTotal(key) && TryAddTalkers(key, value);
        var check = new PartialReader(value, _lastWindow);
        while (check.TryRead(out _, out _, default)) continue;
        if (!check.IsComplete) return false;

        long oldest = _minutes.OldestKept;
        Span<long> reasons = SeriesKey.IsTotal(key) ? _reasons : default;
        var partial = new PartialReader(value, _lastWindow);
        reasons.Clear();
        while (partial.TryRead(out long window, out WindowSums sums, reasons))
        {
            if (window < oldest)
            {
                Late++;
                // Bytes that the session stage counted as late already are not counted twice.
                sums = sums with { LateBytes = sums.Bytes };
                window = oldest;
            }
            _minutes.Add(key, window, sums, reasons);
            reasons.Clear();
        }
        return true;
    }

    private bool TryAddTalkers(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var check = new TalkerReader(value, _lastWindow);
        while (check.TryRead(out _, out _, out _)) continue;
        if (!check.IsComplete) return false;

        var talkers = new TalkerReader(value, _lastWindow);
        long window = Math.Max(talkers.Window, _minutes.OldestKept);
        bool isLate = window > talkers.Window;
        if (isLate) Late++;
        key.CopyTo(_talkerKey);
        while (talkers.TryRead(out IpAddress source, out IpAddress destination, out WindowSums sums))
        {
            int length = AppendAddress(key.Length, Dimension.SourceAddress, source);
            length = AppendAddress(length, Dimension.DestinationAddress, destination);
            _minutes.Add(_talkerKey.AsSpan(0, length), window, isLate ? sums with { LateBytes = sums.Bytes } : sums, default);
        }
        WindowSums other = talkers.Other;
        if (other.IsZero) return true;
        int end = SeriesKey.Append(_talkerKey, key.Length, (byte)Dimension.SourceAddress, "other"u8);
        end = SeriesKey.Append(_talkerKey, end, (byte)Dimension.DestinationAddress, "other"u8);
        _minutes.AddToOther(_talkerKey.AsSpan(0, end), window, isLate ? other with { LateBytes = other.Bytes } : other);
        return true;
    }

    private int AppendAddress(int position, Dimension dimension, IpAddress address)
    {
        Span<byte> text = stackalloc byte[IpAddress.MaxTextBytes];
        return SeriesKey.Append(_talkerKey, position, (byte)dimension, text[..address.Format(text)]);
    }

    /// <summary>Time has moved on to <paramref name="timeMs"/>: windows that became final are emitted at the next commit.</summary>
    public void AdvanceTime(long timeMs)
    {
        if (timeMs <= _time) return;
        _time = timeMs;
        foreach (KeptWindows length in _lengths) length.AdvanceTime(timeMs);
    }

    /// <summary>
    /// Emits what changed or became final since the last commit, writes the rows that did, and deletes those of windows that are kept no
    /// longer.
    /// </summary>
    public void Commit(IStateWriter changelog, IWindowOutput output)
    {
        _emitter.Output = output;
        // The minutes first: they pass on to the longer ones what is final.
        foreach (KeptWindows length in _lengths) length.Commit(changelog, _emitter);
        _emitter.Output = null;
    }

    /// <summary>Takes a row that <see cref="Commit"/> wrote, in the order of writing; an empty value deletes it.</summary>
    /// <exception cref="InvalidDataException">It is not such a row.</exception>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!RowCodec.TryReadKey(key, out ReadOnlySpan<byte> series, out int minutes, out long window))
            throw new InvalidDataException("The key of a bandwidth changelog row is damaged.");
        if (!LengthOf(minutes).TryRestore(series, window, value))
            throw new InvalidDataException("A bandwidth changelog row is damaged.");
    }

    /// <summary>Writes the state as of the last <see cref="Commit"/>: the same bytes for the same state.</summary>
    /// <exception cref="InvalidOperationException">Something changed since the last commit.</exception>
    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        if (_lengths.Any(length => length.IsTouched)) throw new InvalidOperationException("There are changes that are not committed.");
        SnapshotCodec.Write(snapshot, _lengths, _time);
    }

    /// <summary>Replaces the state by one that <see cref="WriteSnapshot"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was written by another version or is damaged; the state is then undefined.</exception>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        foreach (KeptWindows length in _lengths) length.Clear();
        _time = SnapshotCodec.Read(snapshot, RestoreRow);
        foreach (KeptWindows length in _lengths) length.SetTime(_time);
    }

    // Rows of a length that is not configured any more are kept until they expire: nothing is added to them.
    private KeptWindows LengthOf(int minutes)
    {
        KeptWindows? known = _lengths.Find(length => length.Minutes == minutes);
        if (known is not null) return known;
        if (minutes is not (5 or 60)) throw new InvalidDataException("A bandwidth changelog row is of a window of unknown length.");
        TumblingWindows windows = minutes == 5 ? TumblingWindows.FiveMinutes : TumblingWindows.OneHour;
        var added = new KeptWindows(_options, windows, _partition);
        added.SetTime(_time);
        _lengths.Add(added);
        _lengths.Sort(1, _lengths.Count - 1, Comparer<KeptWindows>.Create((a, b) => a.Minutes.CompareTo(b.Minutes)));
        return added;
    }
}
