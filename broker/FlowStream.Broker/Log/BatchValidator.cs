using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Log;

/// <summary>
/// Checks a produced batch before it may enter a log. The order decides which error a batch with several faults gets, and follows Kafka:
/// exactly one batch, magic, base offset, CRC, size, codec, record count, then the records themselves, control bit.
/// Records in snappy, lz4 and zstd are not looked into.
/// </summary>
internal static class BatchValidator
{
    /// <summary>Checks one batch.</summary>
    /// <param name="batch">What the request carries for the partition.</param>
    /// <param name="options">Limits and policy of the log.</param>
    /// <param name="context">The caller.</param>
    /// <param name="message">What is wrong; null when nothing.</param>
    public static ErrorCode Validate(ReadOnlySpan<byte> batch, LogOptions options, in AppendContext context, out string? message)
    {
        var error = ValidateFrame(batch, out message);
        if (error == ErrorCode.None)
            error = ValidateHeader(new RecordBatchView(batch), options, context, out message);
        if (error == ErrorCode.None)
            error = ValidateRecords(new RecordBatchView(batch), options, out message);
        return error;
    }

    private static ErrorCode ValidateFrame(ReadOnlySpan<byte> batch, out string? message)
    {
        if (batch.IsEmpty)
            return Fail(ErrorCode.InvalidRecord, "The request holds no batch for the partition.", out message);
        if (batch.Length < RecordBatchLayout.Records)
            return Fail(ErrorCode.CorruptMessage, "The batch is shorter than its header.", out message);
        var view = new RecordBatchView(batch);
        if (view.Magic != RecordBatchLayout.CurrentMagic)
            return Fail(ErrorCode.InvalidRecord, "Only batches of magic 2 are accepted.", out message);
        if (view.SizeInBytes < RecordBatchLayout.Records || view.SizeInBytes > batch.Length)
            return Fail(ErrorCode.CorruptMessage, "The batch's length does not fit its bytes.", out message);
        if (view.SizeInBytes < batch.Length)
            return Fail(ErrorCode.InvalidRecord, "The request holds more than one batch for the partition.", out message);
        if (view.BaseOffset != 0)
            return Fail(ErrorCode.InvalidRecord, "The base offset of a produced batch must be 0.", out message);
        if (view.Crc != view.ComputeCrc())
            return Fail(ErrorCode.CorruptMessage, "The batch's CRC is wrong.", out message);
        message = null;
        return ErrorCode.None;
    }

    private static ErrorCode ValidateHeader(RecordBatchView batch, LogOptions options, in AppendContext context, out string? message)
    {
        if (batch.Bytes.Length > options.MaxMessageBytes)
            return Fail(ErrorCode.MessageTooLarge, "The batch is larger than max.message.bytes.", out message);
        if (batch.Codec > CompressionCodec.Zstd)
            return Fail(ErrorCode.UnsupportedCompressionType, "The codec is unknown.", out message);
        if (batch.Codec == CompressionCodec.Zstd && context.ProduceVersion < 7)
            return Fail(ErrorCode.UnsupportedCompressionType, "zstd needs Produce version 7.", out message);
        if (batch.RecordCount <= 0 || batch.LastOffsetDelta != batch.RecordCount - 1)
            return Fail(ErrorCode.InvalidRecord, "The last offset delta is not the record count less one.", out message);
        if (batch.IsControl && !context.IsInternal)
            return Fail(ErrorCode.InvalidRecord, "Clients may not write control batches.", out message);
        if (batch.HasDeleteHorizon)
            return Fail(ErrorCode.InvalidRecord, "The delete horizon is for the broker to set.", out message);
        if (batch.IsLogAppendTime && options.TimestampType == TimestampType.CreateTime)
            return Fail(ErrorCode.InvalidTimestamp, "Producers may not set the timestamp type to LogAppendTime.", out message);
        if (batch.ProducerId >= 0 && (batch.ProducerEpoch < 0 || (batch.BaseSequence < 0 && !context.IsInternal)))
            return Fail(ErrorCode.InvalidRecord, "A batch with a producer needs its epoch and a sequence.", out message);
        if (batch.ProducerId < 0 && batch.IsTransactional)
            return Fail(ErrorCode.InvalidRecord, "A transactional batch needs a producer.", out message);
        message = null;
        return ErrorCode.None;
    }

    private static ErrorCode ValidateRecords(RecordBatchView batch, LogOptions options, out string? message)
    {
        if (batch.Codec == CompressionCodec.None)
            return WalkRecords(batch, batch.StoredRecords, options, out message);
        using var decoder = new BatchDecoder();
        switch (decoder.Decode(batch, options.MaxDecompressedBytes, out var records))
        {
            case DecodeOutcome.TooLarge:
                return Fail(ErrorCode.MessageTooLarge, "The batch unpacks to more than the limit.", out message);
            case DecodeOutcome.Malformed:
                return Fail(ErrorCode.CorruptMessage, "The compressed records cannot be unpacked.", out message);
            case DecodeOutcome.Opaque:
                message = null;
                return ErrorCode.None;
            default:
                return WalkRecords(batch, records, options, out message);
        }
    }

    private static ErrorCode WalkRecords(RecordBatchView batch, ReadOnlySpan<byte> records, LogOptions options, out string? message)
    {
        bool keyNeeded = (options.CleanupPolicy & CleanupPolicy.Compact) != 0 && !batch.IsControl;
        var iterator = new RecordIterator(batch, records);
        for (int expected = 0; iterator.MoveNext(); expected++)
        {
            if (iterator.OffsetDelta != expected)
                return Fail(ErrorCode.InvalidRecord, "The records' offset deltas are not consecutive.", out message);
            if (keyNeeded && iterator.KeyIsNull)
                return Fail(ErrorCode.InvalidRecord, "A compacted topic needs a key in every record.", out message);
        }
        if (iterator.IsMalformed)
            return Fail(ErrorCode.InvalidRecord, "The records are not what the header promises.", out message);
        message = null;
        return ErrorCode.None;
    }

    private static ErrorCode Fail(ErrorCode error, string reason, out string message)
    {
        message = reason;
        return error;
    }
}
