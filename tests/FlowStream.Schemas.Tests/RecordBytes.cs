using System.Buffers;
using System.Text.Json;

namespace FlowStream.Schemas.Tests;

/// <summary>Turns records into bytes and text in one call.</summary>
internal static class RecordBytes
{
    public static byte[] Plain<T>(T record)
        where T : IAvroRecord
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        record.Write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    public static T ReadPlain<T>(byte[] bytes)
        where T : IAvroRecord, new()
    {
        var record = new T();
        var reader = new AvroReader(bytes);
        record.Read(ref reader);
        Assert.Equal(0, reader.Remaining);
        return record;
    }

    public static byte[] Framed<T>(T record, IRecordFraming<T> framing)
        where T : IAvroRecord
    {
        var output = new ArrayBufferWriter<byte>();
        framing.Write(record, output);
        return output.WrittenSpan.ToArray();
    }

    public static string Json<T>(T record)
        where T : IAvroRecord
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) record.WriteJson(json);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
