namespace FlowStream.Streams.Kafka;

/// <summary>Stands for bytes that a <see cref="CopyingDeserializer"/> put into its buffer.</summary>
internal readonly struct CopiedBytes;
