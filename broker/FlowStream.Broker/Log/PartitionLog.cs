using System.Buffers;
using FlowStream.Broker.Wire;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <summary>The log of one partition on disk.</summary>
internal sealed class PartitionLog : IDisposable
{
    private PartitionLog(LogOptions options) => Options = options;

    /// <summary>Raised outside all locks after an append and after the last stable offset moved, so that waiting fetches look again.</summary>
    public event Action? Advanced;

    /// <summary>First offset that can be read.</summary>
    public long LogStartOffset { get; private set; }

    /// <summary>Offset after the last record; with a single replica also the log end offset.</summary>
    public long HighWatermark { get; private set; }

    /// <summary>Offset below which no transaction is open.</summary>
    public long LastStableOffset { get; private set; }

    /// <summary>The settings; may be replaced at any time.</summary>
    public LogOptions Options { get; set; }

    /// <summary>Bytes of all segments.</summary>
    public long SizeInBytes { get; private set; }

    /// <summary>Opens or creates a log and recovers it: producer state and open transactions are known when this returns.</summary>
    public static PartitionLog Open(string directory, LogOptions options, TimeProvider clock, ILogger logger) => new(options);

    /// <summary>Appends one v2 batch; its base offset and leader epoch are patched in place.</summary>
    public AppendResult Append(Span<byte> batch, in AppendContext context) { Advanced?.Invoke(); throw new NotImplementedException(); }

    /// <summary>Ends a transaction in this partition.</summary>
    public AppendResult AppendMarker(long producerId, short producerEpoch, bool commit, int coordinatorEpoch) =>
        throw new NotImplementedException();

    /// <summary>See <see cref="AppendContext"/>: to be read before the transaction coordinator is asked.</summary>
    public long TransactionGuard(long producerId) => throw new NotImplementedException();

    /// <summary>Whether the producer has a transaction open here.</summary>
    public bool HasOpenTransaction(long producerId) => throw new NotImplementedException();

    /// <summary>Writes whole batches from the one that contains the offset.</summary>
    public FetchResult Read(
        long fetchOffset, int maxBytes, bool atLeastOneBatch, IsolationLevel isolation, IBufferWriter<byte> destination) =>
        throw new NotImplementedException();

    /// <summary>The first record at or after a time: (timestamp, offset), (-1,-1) when none.</summary>
    public (long Timestamp, long Offset) FindByTimestamp(long timestamp) => throw new NotImplementedException();

    /// <summary>Moves the log start; -1 means the high watermark. Returns a Kafka error code.</summary>
    public ErrorCode DeleteRecordsBefore(long offset) => throw new NotImplementedException();

    /// <summary>Deletes old segments and forgets idle producers.</summary>
    public void ApplyRetention() => throw new NotImplementedException();

    /// <summary>Compacts, if the policy says so and it is worth it.</summary>
    public void Compact() => throw new NotImplementedException();

    /// <summary>Forces all appended data to disk.</summary>
    public void Flush() => throw new NotImplementedException();

    /// <summary>Visits all records from an offset, control records too. Returns how many batches could not be decoded (snappy, lz4, zstd).</summary>
    public int Replay(long from, RecordVisitor visitor) => throw new NotImplementedException();

    /// <summary>Closes the log and deletes its directory.</summary>
    public void Delete() => throw new NotImplementedException();

    /// <summary>Closes the log; what is on disk then opens without a scan.</summary>
    public void Dispose() => throw new NotImplementedException();
}
