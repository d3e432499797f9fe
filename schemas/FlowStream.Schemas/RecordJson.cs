using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace FlowStream.Schemas;

/// <summary>The JSON forms that are the same in all records.</summary>
public static class RecordJson
{
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int StackBytes = 256;

    private static readonly long FirstMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Writes a string property; bytes that are not UTF-8 are replaced by U+FFFD.</summary>
    public static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        json.WritePropertyName(name);
        WriteTextValue(json, text);
    }

    /// <summary>
    /// Writes a time as ISO 8601 UTC with milliseconds (<c>2026-05-01T08:28:10.933Z</c>); one outside the years 1 to 9999, which that form
    /// cannot hold, as the number of Unix milliseconds.
    /// </summary>
    public static void WriteTimestamp(Utf8JsonWriter json, ReadOnlySpan<byte> name, long unixMs)
    {
        if (unixMs < FirstMs || unixMs > LastMs)
        {
            json.WriteNumber(name, unixMs);
            return;
        }
        Span<byte> text = stackalloc byte[32];
        DateTime time = DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;
        time.TryFormat(text, out int written, Iso8601, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..written]);
    }

    /// <summary>Writes an array of strings as a property.</summary>
    public static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, AvroArray<Utf8Text> texts)
    {
        json.WriteStartArray(name);
        foreach (Utf8Text text in texts.Items) WriteTextValue(json, text.Span);
        json.WriteEndArray();
    }

    /// <summary>Writes an array of records as a property.</summary>
    public static void WriteRecords<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, AvroRecordArray<T> records)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        json.WriteStartArray(name);
        foreach (T record in records.Items) record.WriteJson(json);
        json.WriteEndArray();
    }

    /// <summary>Writes a map as an object that is a property.</summary>
    public static void WriteMap(Utf8JsonWriter json, ReadOnlySpan<byte> name, AvroMap map)
    {
        json.WriteStartObject(name);
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in map.Entries)
        {
            WriteName(json, entry.Key.Span);
            WriteTextValue(json, entry.Value.Span);
        }
        json.WriteEndObject();
    }

    internal static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<byte> name, AvroCounts counts)
    {
        json.WriteStartObject(name);
        foreach (KeyValuePair<Utf8Text, long> entry in counts.Entries)
        {
            WriteName(json, entry.Key.Span);
            json.WriteNumberValue(entry.Value);
        }
        json.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        if (Utf8.IsValid(name)) json.WritePropertyName(name);
        else Repaired(json, name, static (to, text) => to.WritePropertyName(text));
    }

    private static void WriteTextValue(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) json.WriteStringValue(text);
        else Repaired(json, text, static (to, repaired) => to.WriteStringValue(repaired));
    }

    private static void Repaired(Utf8JsonWriter json, ReadOnlySpan<byte> text, Action<Utf8JsonWriter, ReadOnlySpan<byte>> write)
    {
        int length = RepairedText.Length(text);
        byte[]? rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> repaired = rented ?? stackalloc byte[StackBytes];
        RepairedText.Write(text, repaired);
        write(json, repaired[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }
}
