using System.Buffers;
using System.Buffers.Binary;

namespace FlowStream.Schemas;

/// <summary>
/// Avro single-object encoding (Avro 1.11 specification, "Single-object encoding"): the bytes C3 01, the schema's fingerprint as eight
/// little-endian bytes, the record. A reader needs no registry, only the schema. Records of earlier versions of the schema are read too.
/// </summary>
/// <typeparam name="T">Type of the record.</typeparam>
public sealed class SingleObjectFraming<T> : IRecordFraming<T>
    where T : IAvroRecord
{
    private const int HeaderBytes = 10;

    private readonly FramedRecord<T> _framed;

    /// <summary>Makes the framing of <typeparamref name="T"/>.</summary>
    public SingleObjectFraming()
    {
        byte[] header = [0xC3, 0x01, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(2), T.Fingerprint);
        _framed = new FramedRecord<T>(header);
    }

    /// <inheritdoc/>
    public void Write(T record, IBufferWriter<byte> output) => _framed.Write(record, output);

    /// <inheritdoc/>
    public void Read(T record, ReadOnlyMemory<byte> value)
    {
        ReadOnlySpan<byte> bytes = value.Span;
        int fields = bytes.Length >= HeaderBytes && bytes[0] == 0xC3 && bytes[1] == 0x01
            ? T.FieldsOf(BinaryPrimitives.ReadUInt64LittleEndian(bytes[2..]))
            : 0;
        if (fields == 0) _framed.RequireHeader(bytes);
        FramedRecord<T>.Read(record, value[HeaderBytes..], fields);
    }
}
