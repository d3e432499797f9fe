using System.Buffers;

namespace FlowStream.Schemas;

/// <summary>How a record stands in a Kafka value: a header that names the schema, then the Avro binary encoding.</summary>
/// <typeparam name="T">Type of the record.</typeparam>
public interface IRecordFraming<in T>
    where T : IAvroRecord
{
    /// <summary>Appends header and record to <paramref name="output"/>. Allocates nothing beyond what the output does.</summary>
    void Write(T record, IBufferWriter<byte> output);

    /// <summary>
    /// Reads <paramref name="value"/> into <paramref name="record"/>; its text refers into <paramref name="value"/> and is valid as long
    /// as that is unchanged.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The header names another schema, or the bytes are not exactly one record; the record's content is then undefined.
    /// </exception>
    void Read(T record, ReadOnlyMemory<byte> value);
}
