using System.Text.Json;

namespace FlowStream.Schemas;

/// <summary>A record of the contract: its class is generated from the .avsc file at build.</summary>
public interface IAvroRecord
{
    /// <summary>The schema as JSON, as a schema registry wants it.</summary>
    static abstract string Schema { get; }

    /// <summary>CRC-64-AVRO fingerprint of the schema's Parsing Canonical Form (Avro 1.11 specification, "Schema Fingerprints").</summary>
    static abstract ulong Fingerprint { get; }

    /// <summary>The fewest bytes that an encoded record takes: one for each field.</summary>
    static abstract int MinimumBytes { get; }

    /// <summary>Empties the record for reuse; collections keep their memory.</summary>
    void Clear();

    /// <summary>Writes the Avro binary encoding. Allocates nothing beyond what the writer's output does.</summary>
    void Write(ref AvroWriter writer);

    /// <summary>
    /// Replaces every field by what is read. Text refers into the memory being read and is valid as long as that is unchanged.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not this record; the content is then undefined until the next read.</exception>
    void Read(ref AvroReader reader);

    /// <summary>
    /// Number of fields that the version of the schema with <paramref name="fingerprint"/> has; 0 when it is none of this record's. Fields
    /// are only ever appended, so an earlier version is the first of them.
    /// </summary>
    static abstract int FieldsOf(ulong fingerprint);

    /// <summary>
    /// Replaces every field by what is read of a version that has the first <paramref name="fields"/>; the others get their default.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not this record; the content is then undefined until the next read.</exception>
    void Read(ref AvroReader reader, int fields);

    /// <summary>
    /// Writes the record as a JSON object: names as in the schema, times as ISO 8601 UTC with milliseconds, absent values left out.
    /// </summary>
    void WriteJson(Utf8JsonWriter json);
}
