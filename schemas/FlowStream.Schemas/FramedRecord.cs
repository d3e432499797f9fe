using System.Buffers;

namespace FlowStream.Schemas;

/// <summary>A record behind a constant header.</summary>
internal sealed class FramedRecord<T>(byte[] header)
    where T : IAvroRecord
{
    public void Write(T record, IBufferWriter<byte> output)
    {
        var writer = new AvroWriter(output);
        writer.WriteRaw(header);
        record.Write(ref writer);
        writer.Flush();
    }

    public void Read(T record, ReadOnlyMemory<byte> value)
    {
        RequireHeader(value.Span);
        Read(record, value[header.Length..], T.FieldsOf(T.Fingerprint));
    }

    /// <summary>Reads what follows a header, of the version that has <paramref name="fields"/> fields.</summary>
    public static void Read(T record, ReadOnlyMemory<byte> body, int fields)
    {
        var reader = new AvroReader(body);
        record.Read(ref reader, fields);
        if (reader.Remaining > 0) throw new InvalidDataException($"{reader.Remaining} bytes follow the {typeof(T).Name}.");
    }

    /// <summary>Refuses a value that has another header.</summary>
    public void RequireHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(header)) return;
        string found = Convert.ToHexString(bytes[..Math.Min(header.Length, bytes.Length)]);
        throw new InvalidDataException(
            $"Not a framed {typeof(T).Name}: it starts with {found}, not with {Convert.ToHexString(header)}.");
    }
}
