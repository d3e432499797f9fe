namespace FlowStream.Broker.Wire;

/// <summary>Why a request could not be decoded; the first reason met is the one kept.</summary>
internal enum WireError
{
    /// <summary>Nothing was wrong so far.</summary>
    None,

    /// <summary>A field reaches beyond the end of the request.</summary>
    Truncated,

    /// <summary>A length below -1, or -1 in a form that has no null.</summary>
    NegativeLength,

    /// <summary>An array claims more elements than the bytes that follow could hold.</summary>
    CountBeyondRequest,

    /// <summary>An array claims more elements than <see cref="KafkaReader.MaxArrayElements"/>.</summary>
    CountAboveLimit,

    /// <summary>A varint of more than five bytes, or one above <see cref="int.MaxValue"/> where a length is expected.</summary>
    VarintTooLong,

    /// <summary>Null where the protocol says the field is never null.</summary>
    UnexpectedNull,

    /// <summary>A string is not well-formed UTF-8.</summary>
    InvalidText,
}
