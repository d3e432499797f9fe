using System.Buffers;
using FlowStream.Schemas;

namespace FlowStream.Topology;

/// <summary>Writes records of one type as Kafka values into one buffer, again and again.</summary>
internal sealed class RecordValue<T>
    where T : IAvroRecord
{
    private readonly SingleObjectFraming<T> _framing = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _buffer.Capacity;

    /// <summary>The value of <paramref name="record"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(T record)
    {
        _buffer.ResetWrittenCount();
        _framing.Write(record, _buffer);
        return _buffer.WrittenSpan;
    }
}
