namespace FlowStream.Broker.Log;

/// <summary>Codec of a batch: attribute bits 0-2.</summary>
internal enum CompressionCodec
{
    /// <summary>Records as they are.</summary>
    None = 0,

    /// <summary>RFC 1952.</summary>
    Gzip = 1,

    /// <summary>Snappy with xerial framing.</summary>
    Snappy = 2,

    /// <summary>LZ4 frame.</summary>
    Lz4 = 3,

    /// <summary>RFC 8878; Produce v7 and Fetch v10 at least (KIP-110).</summary>
    Zstd = 4,
}
