namespace FlowStream.Broker.Log;

/// <summary>The Kafka error codes that the log itself answers with (Kafka protocol guide, "Error Codes").</summary>
internal static class LogErrorCode
{
    /// <summary>NONE.</summary>
    public const short None = 0;

    /// <summary>OFFSET_OUT_OF_RANGE.</summary>
    public const short OffsetOutOfRange = 1;

    /// <summary>CORRUPT_MESSAGE.</summary>
    public const short CorruptMessage = 2;

    /// <summary>UNKNOWN_TOPIC_OR_PARTITION: the log was deleted or closed.</summary>
    public const short UnknownTopicOrPartition = 3;

    /// <summary>MESSAGE_TOO_LARGE.</summary>
    public const short MessageTooLarge = 10;

    /// <summary>INVALID_TIMESTAMP.</summary>
    public const short InvalidTimestamp = 32;

    /// <summary>OUT_OF_ORDER_SEQUENCE_NUMBER.</summary>
    public const short OutOfOrderSequenceNumber = 45;

    /// <summary>INVALID_PRODUCER_EPOCH.</summary>
    public const short InvalidProducerEpoch = 47;

    /// <summary>INVALID_TXN_STATE.</summary>
    public const short InvalidTxnState = 48;

    /// <summary>TRANSACTION_COORDINATOR_FENCED.</summary>
    public const short TransactionCoordinatorFenced = 52;

    /// <summary>KAFKA_STORAGE_ERROR: the disk is full or failed; retriable.</summary>
    public const short KafkaStorageError = 56;

    /// <summary>UNSUPPORTED_COMPRESSION_TYPE.</summary>
    public const short UnsupportedCompressionType = 76;

    /// <summary>INVALID_RECORD.</summary>
    public const short InvalidRecord = 87;
}
