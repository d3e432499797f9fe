using Confluent.Kafka;

namespace FlowStream.Streams.Kafka;

/// <summary>
/// Copies a record's key or value out of native memory into one reused buffer. The partition is known only when Consume returns, and by
/// then librdkafka has its memory back, so this one copy cannot be saved.
/// </summary>
internal sealed class CopyingDeserializer : IDeserializer<CopiedBytes>
{
    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The bytes of the last record consumed.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <inheritdoc/>
    public CopiedBytes Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (data.Length > _buffer.Length) _buffer = new byte[Math.Max(data.Length, _buffer.Length * 2)];
        data.CopyTo(_buffer);
        _length = data.Length;
        return default;
    }
}
