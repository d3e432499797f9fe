namespace FlowStream.Schemas.Generator;

/// <summary>The Avro types that the contract uses; any other in an .avsc file stops the build.</summary>
internal enum FieldKind
{
    Text,
    Long,
    Timestamp,
    Int,
    Boolean,
    Enumeration,
    TextArray,
    RecordArray,
    TextMap,
    LongMap,
}
