using System.Buffers.Binary;
using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// Fetch (key 1), versions 4-11; none of them flexible. Whole record batches as they are in the log, read straight into the response.
/// <list type="bullet">
/// <item>v4 adds isolation; v5 the log start offset; v7 sessions (KIP-227, answered with "no session"); v9 leader epochs; v10 zstd; v11
/// racks, which are ignored.</item>
/// <item>Waits until MinBytes are there or MaxWait is over; appends and ends of transactions wake it.</item>
/// <item>The first batch goes out even if it is larger than asked for (KIP-74).</item>
/// </list>
/// </summary>
/// <param name="topics">The topics.</param>
/// <param name="options">Limits.</param>
/// <param name="clock">The clock of the long poll.</param>
internal sealed class Api01Fetch(TopicStore topics, BrokerOptions options, TimeProvider clock) : IApiHandler
{
    private const short FirstZstdVersion = 10;

    // In a record batch: its length after the first 12 bytes, and the low byte of the attributes with the codec in three bits.
    private const int LengthAt = 8;
    private const int LengthEnd = 12;
    private const int CodecAt = 22;
    private const int CodecMask = 7;
    private const int Zstd = 4;

    private const int AbortedEntryBytes = 16;
    private const int NoPreferredReplica = -1;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.Fetch, Min: 4, Max: 11, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        if (FetchRequest.Read(context.CreateReader(), context.Version) is not { } request)
            return new(HandlerResult.Malformed);
        var bodyStart = context.Response.Length;
        if (WriteResponse(context, request) || request.MaxWait == TimeSpan.Zero)
            return new(HandlerResult.Respond);
        return PollAsync(context, request, bodyStart);
    }

    private static void WritePartition(
        RequestContext context, IsolationLevel isolation, PartitionLog? log, in FetchPartition partition, ref FetchProgress progress)
    {
        var response = context.Response;
        // The head is written twice: first to make room for it, then, after the records are read behind it, with what that brought.
        var headAt = response.Length;
        WriteHead(response, context.Version, partition.Index, default);
        var recordsAt = response.Length;
        var result = Read(log, partition, isolation, response, progress);
        if (context.Version < FirstZstdVersion && HoldsZstd(response.Written.Span[recordsAt..]))
            result = result with { Error = ErrorCode.UnsupportedCompressionType };
        if (result.Error != ErrorCode.None)
            result = result with { BytesWritten = 0, AbortedTransactions = null };
        response.Truncate(recordsAt + result.BytesWritten);
        response.InsertGap(recordsAt, (result.AbortedTransactions?.Count ?? 0) * AbortedEntryBytes);
        response.Truncate(headAt);
        WriteHead(response, context.Version, partition.Index, result);
        response.Advance(result.BytesWritten);
        progress.BytesLeft = Math.Max(0, progress.BytesLeft - result.BytesWritten);
        progress.BytesRead += result.BytesWritten;
        progress.HasError |= result.Error != ErrorCode.None;
    }

    private static FetchResult Read(
        PartitionLog? log, in FetchPartition partition, IsolationLevel isolation, KafkaWriter response, in FetchProgress progress)
    {
        if (log is null)
            return new FetchResult(ErrorCode.UnknownTopicOrPartition, 0, -1, -1, -1, null);
        if (partition.LeaderEpoch > Api03Metadata.LeaderEpoch)
            return new FetchResult(ErrorCode.UnknownLeaderEpoch, 0, -1, -1, -1, null);
        var maxBytes = Math.Clamp(partition.MaxBytes, 0, progress.BytesLeft);
        return log.Read(partition.Offset, maxBytes, atLeastOneBatch: progress.BytesRead == 0, isolation, response);
    }

    // Everything of a partition before its records; the length of those is its last field.
    private static void WriteHead(KafkaWriter response, short version, int index, in FetchResult result)
    {
        response.WriteInt32(index);
        response.WriteError(result.Error);
        response.WriteInt64(result.HighWatermark);
        response.WriteInt64(result.LastStableOffset);
        if (version >= 5)
            response.WriteInt64(result.LogStartOffset);
        // Null, not empty, where nothing was asked for: librdkafka 2.0.2 reports an error when a read_uncommitted fetch has a list.
        response.WriteArrayLength(result.AbortedTransactions?.Count ?? -1);
        foreach (var aborted in result.AbortedTransactions ?? [])
        {
            response.WriteInt64(aborted.ProducerId);
            response.WriteInt64(aborted.FirstOffset);
        }

        if (version >= 11)
            response.WriteInt32(NoPreferredReplica);
        response.WriteBytesLength(result.BytesWritten);
    }

    private static bool HoldsZstd(ReadOnlySpan<byte> batches)
    {
        while (batches.Length > CodecAt)
        {
            if ((batches[CodecAt] & CodecMask) == Zstd)
                return true;
            batches = batches[(LengthEnd + BinaryPrimitives.ReadInt32BigEndian(batches[LengthAt..]))..];
        }

        return false;
    }

    private async ValueTask<HandlerResult> PollAsync(RequestContext context, FetchRequest request, int bodyStart)
    {
        using var wait = new FetchWait(request.MaxWait < options.MaxFetchWait ? request.MaxWait : options.MaxFetchWait, clock);
        foreach (var (name, partitions) in request.Topics)
        {
            foreach (var partition in partitions)
            {
                if (topics.FindPartition(name, partition.Index) is { } log)
                    wait.Watch(log);
            }
        }

        while (true)
        {
            wait.Arm();
            context.Response.Truncate(bodyStart);
            if (WriteResponse(context, request) || wait.IsOver)
                return HandlerResult.Respond;
            await wait.WaitAsync(context.Closing).ConfigureAwait(false);
            context.Closing.ThrowIfCancellationRequested();
        }
    }

    // Returns whether the response can go out at once.
    private bool WriteResponse(RequestContext context, FetchRequest request)
    {
        var response = context.Response;
        var unknownSession = request.SessionId != 0;
        response.WriteInt32(0);
        if (context.Version >= 7)
        {
            response.WriteError(unknownSession ? ErrorCode.FetchSessionIdNotFound : ErrorCode.None);
            response.WriteInt32(0);
        }

        var wanted = unknownSession ? [] : request.Topics;
        var progress = new FetchProgress { BytesLeft = Math.Clamp(request.MaxBytes, 0, options.MaxFetchBytes) };
        response.WriteArrayLength(wanted.Count);
        foreach (var (name, partitions) in wanted)
        {
            response.WriteString(name);
            response.WriteArrayLength(partitions.Count);
            foreach (var partition in partitions)
                WritePartition(context, request.Isolation, topics.FindPartition(name, partition.Index), partition, ref progress);
        }

        return progress.HasError || wanted.Count == 0 || progress.BytesRead >= request.MinBytes;
    }
}
