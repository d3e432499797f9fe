using System.Buffers;
using System.Buffers.Binary;

namespace FlowStream.Schemas;

/// <summary>
/// The wire format of schema registries (Confluent documentation, "Wire format"): the byte 0, the id that the registry gave the schema as
/// four big-endian bytes, the record.
/// </summary>
/// <typeparam name="T">Type of the record.</typeparam>
public sealed class ConfluentFraming<T> : IRecordFraming<T>
    where T : IAvroRecord
{
    private readonly FramedRecord<T> _framed;

    /// <summary>Makes the framing for a schema that the registry knows as <paramref name="schemaId"/>.</summary>
    public ConfluentFraming(int schemaId)
    {
        byte[] header = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), schemaId);
        _framed = new FramedRecord<T>(header);
    }

    /// <inheritdoc/>
    public void Write(T record, IBufferWriter<byte> output) => _framed.Write(record, output);

    /// <inheritdoc/>
    public void Read(T record, ReadOnlyMemory<byte> value) => _framed.Read(record, value);
}
