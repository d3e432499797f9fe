using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <summary>
/// The log of one partition on disk: batches as they were received, in segments.
/// <list type="bullet">
/// <item>One writer at a time, under one lock; it publishes bytes, then the high watermark, then the last stable offset.</item>
/// <item>Readers take no lock: they read the watermarks, then the view, then the log start, and never look past the watermark they
/// read.</item>
/// <item>Retention, compaction and closing exclude each other by a second lock, and take the first only to swap the view.</item>
/// </list>
/// All methods may be called from any thread. After <see cref="Dispose"/> they answer UNKNOWN_TOPIC_OR_PARTITION or do nothing.
/// </summary>
internal sealed partial class PartitionLog : IDisposable
{
    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly ILogFiles _files;
    private readonly ILogger _logger;
    private readonly Lock _writer = new();
    private readonly Lock _maintenance = new();
    private readonly ProducerStateTable _producers;
    private readonly RecordBatchBuilder _marker = new();
    private volatile LogOptions _options;
    private volatile LogView _view;
    private volatile bool _closed;
    private bool _released;
    private long _logStartOffset;
    private long _highWatermark;
    private long _lastStableOffset;
    private long _compactedTo;
    private long _unflushed;
    private bool _tailIsDirty;
    private bool _storageFails;

    private PartitionLog(string directory, LogOptions options, TimeProvider clock, ILogFiles files, ILogger logger, RecoveredLog recovered)
    {
        (_directory, _options, _clock, _files, _logger) = (directory, options, clock, files, logger);
        (_view, _producers) = (recovered.View, recovered.Producers);
        (_logStartOffset, _compactedTo) = (recovered.LogStartOffset, recovered.CompactedTo);
        _highWatermark = _view.Active.NextOffset;
        PublishStableOffset();
    }

    /// <summary>
    /// Raised outside all locks after an append and after the last stable offset moved, so that waiting fetches look again.
    /// </summary>
    public event Action? Advanced;

    /// <summary>First offset that can be read.</summary>
    public long LogStartOffset => Volatile.Read(ref _logStartOffset);

    /// <summary>Offset after the last record; with a single replica also the log end offset.</summary>
    public long HighWatermark => Volatile.Read(ref _highWatermark);

    /// <summary>Offset below which no transaction is open.</summary>
    public long LastStableOffset => Volatile.Read(ref _lastStableOffset);

    /// <summary>The settings; may be replaced at any time, and count from the next operation on.</summary>
    public LogOptions Options
    {
        get => _options;
        set => _options = Checked(value);
    }

    /// <summary>Bytes of all segments.</summary>
    public long SizeInBytes => _view.SizeInBytes;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Opens or creates a log and recovers it: a torn tail is cut, and indexes, producer states, open and aborted transactions are known
    /// when this returns.
    /// </summary>
    /// <param name="directory">Where; nobody else may have it open.</param>
    /// <param name="options">Settings.</param>
    /// <param name="clock">For append times, retention and expiry.</param>
    /// <param name="logger">One line per cut tail and per change between failing and working storage.</param>
    /// <exception cref="IOException">The directory cannot be read or written.</exception>
    public static PartitionLog Open(string directory, LogOptions options, TimeProvider clock, ILogger logger) =>
        Open(directory, options, clock, logger, new LogFiles());

    /// <summary>As the other overload, with changes to the directory made through <paramref name="files"/>.</summary>
    public static PartitionLog Open(string directory, LogOptions options, TimeProvider clock, ILogger logger, ILogFiles files)
    {
        var recovered = new LogRecovery(directory, Checked(options), clock, files, logger).Run();
        return new PartitionLog(directory, options, clock, files, logger, recovered);
    }

    /// <summary>Forces all appended data to disk. False when the system refused; the reason is logged.</summary>
    public bool Flush()
    {
        var active = AcquireActive();
        if (active is null)
            return false;
        try
        {
            _files.Flush(active.Handle);
            return true;
        }
        catch (Exception refused) when (IsStorageFailure(refused))
        {
            _logger.LogError(refused, "{Segment}: cannot be flushed", active.Path);
            return false;
        }
        finally
        {
            active.Release();
        }
    }

    /// <summary>Closes the log and deletes its directory.</summary>
    /// <exception cref="IOException">Something in it cannot be deleted.</exception>
    public void Delete()
    {
        Close(keep: false);
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Closes the log; what is on disk then opens without a scan.</summary>
    public void Dispose() => Close(keep: true);

    private static LogOptions Checked(LogOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SegmentBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SegmentBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IndexIntervalBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxMessageBytes, RecordBatchLayout.MaxBatchBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxProducers, 1);
        return options;
    }

    private static bool IsStorageFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private LogSegment? AcquireActive()
    {
        while (!_closed)
        {
            var active = _view.Active;
            if (active.TryAcquire())
                return active;
        }
        return null;
    }

    private void Close(bool keep)
    {
        // Compaction looks at this between batches and gives up.
        _closed = true;
        lock (_maintenance)
        {
            lock (_writer)
            {
                if (_released)
                    return;
                _released = true;
                if (keep)
                    LeaveCleanly(_view);
                foreach (var segment in _view.Segments)
                    segment.Retire();
            }
        }
        Advanced?.Invoke();
    }

    private void LeaveCleanly(LogView view)
    {
        try
        {
            if (_tailIsDirty)
                _files.SetLength(view.Active.Handle, view.Active.Size);
            _files.Flush(view.Active.Handle);
            Seal(view, flush: true);
            CleanShutdownMark.Write(_files, _directory, _highWatermark);
        }
        catch (Exception refused) when (IsStorageFailure(refused))
        {
            _logger.LogError(refused, "{Directory}: not closed in order, and will be scanned when opened", _directory);
        }
    }
}
