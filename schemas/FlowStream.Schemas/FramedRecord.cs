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
        ReadOnlySpan<byte> bytes = value.Span;
        if (!bytes.StartsWith(header))
        {
            string found = Convert.ToHexString(bytes[..Math.Min(header.Length, bytes.Length)]);
            throw new InvalidDataException(
                $"Not a framed {typeof(T).Name}: it starts with {found}, not with {Convert.ToHexString(header)}.");
        }
        var reader = new AvroReader(value[header.Length..]);
        record.Read(ref reader);
        if (reader.Remaining > 0) throw new InvalidDataException($"{reader.Remaining} bytes follow the {typeof(T).Name}.");
    }
}
