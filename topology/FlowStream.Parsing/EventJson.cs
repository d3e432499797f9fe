using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowStream.Parsing.Junos;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing;

/// <summary>
/// Writes what the parser said about a message as one JSON object: the output of <c>flowstream parse</c>. Fields have their names in the
/// schemas; every other key of the device stands under <c>extras</c>, its <c>-</c> written as <c>_</c>. Two members are ours:
/// <c>repairs</c>, what was wrong and read all the same, and <c>flags</c>, the bits of <c>session_flags</c> by name. The time is
/// <c>event_time</c>; one that was printed without a year is <c>event_time_without_year</c>, month to millisecond
/// (<c>05-01T08:28:10.000</c>).
/// </summary>
public static class EventJson
{
    /// <summary>Options for the writer: a person reads the lines, so that only what JSON demands is escaped.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an event that was accepted.</summary>
    public static void Write(Utf8JsonWriter writer, SessionEvent sessionEvent)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(sessionEvent.Kind.ToString()));
        writer.WriteString("tag", TagTable.Name(sessionEvent.Tag, sessionEvent.TagVariant));
        writer.WriteString("shape", JsonNamingPolicy.KebabCaseLower.ConvertName(sessionEvent.Shape.ToString()));
        WriteRepairs(writer, sessionEvent.Repairs);
        writer.WriteString("device_vendor", sessionEvent.Tag == EventTag.PanosTraffic ? "paloalto" : "juniper");
        if (!sessionEvent.DeviceHost.IsEmpty) WriteText(writer, "device_host", sessionEvent.DeviceHost);
        if (sessionEvent.Time is { } time) WriteTime(writer, time);
        foreach (FieldDefinition definition in FieldTable.Definitions)
        {
            if (sessionEvent.Has(definition.Field)) WriteField(writer, sessionEvent, definition.Field);
        }
        WriteExtras(writer, sessionEvent);
        writer.WriteEndObject();
    }

    /// <summary>Writes a refusal: <c>{"kind":"refused","reason":"...","detail":"..."}</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="refusal">A refusal of <paramref name="message"/>.</param>
    /// <param name="message">The message as it was given to the parser.</param>
    public static void Write(Utf8JsonWriter writer, in Refusal refusal, ReadOnlySpan<byte> message)
    {
        Span<byte> detail = stackalloc byte[RefusalDetail.MaxBytes];
        writer.WriteStartObject();
        writer.WriteString("kind", "refused");
        writer.WriteString("reason", refusal.Reason.Code());
        writer.WriteString("detail", detail[..RefusalDetail.Write(refusal, message, detail)]);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, SessionEvent sessionEvent, Field field)
    {
        FieldDefinition definition = FieldTable.Definition(field);
        switch (definition.Kind)
        {
            case FieldKind.Text:
                WriteText(writer, definition.Name, sessionEvent.Text(field));
                break;
            case FieldKind.Address:
                writer.WriteString(definition.Name, sessionEvent.Address(field).ToString());
                break;
            case FieldKind.LocalTime:
                // On the clock of the event's time, so that it states the zone when that does.
                DeviceTime time = new(sessionEvent.Number(field), sessionEvent.Time?.OffsetMinutes);
                writer.WriteString(definition.Name, Format(time));
                break;
            case FieldKind.Hexadecimal:
                WriteFlags(writer, definition.Name, sessionEvent.Number(field));
                break;
            default:
                writer.WriteNumber(definition.Name, sessionEvent.Number(field));
                break;
        }
    }

    private static void WriteFlags(Utf8JsonWriter writer, string name, long flags)
    {
        writer.WriteString(name, string.Create(CultureInfo.InvariantCulture, $"0x{flags:x8}"));
        writer.WriteStartArray("flags");
        foreach (string flag in SessionFlagNames.Of(flags)) writer.WriteStringValue(flag);
        writer.WriteEndArray();
    }

    private static void WriteRepairs(Utf8JsonWriter writer, Repair repairs)
    {
        if (repairs == Repair.None) return;
        writer.WriteStartArray("repairs");
        foreach (Repair repair in Enum.GetValues<Repair>())
        {
            if (repair != Repair.None && repairs.HasFlag(repair)) writer.WriteStringValue(repair.Code());
        }
        writer.WriteEndArray();
    }

    private static void WriteExtras(Utf8JsonWriter writer, SessionEvent sessionEvent)
    {
        if (sessionEvent.ExtraCount == 0) return;
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject("extras");
        for (int i = 0; i < sessionEvent.ExtraCount; i++)
        {
            string key = Encoding.UTF8.GetString(sessionEvent.ExtraKey(i)).Replace('-', '_');
            // A key may be printed twice, a JSON object has each once: the first stands, as it does for fields.
            if (written.Add(key)) WriteText(writer, key, sessionEvent.ExtraValue(i));
        }
        writer.WriteEndObject();
    }

    // Devices print bytes; what is not UTF-8 among them becomes U+FFFD here, where the writer would refuse it.
    private static void WriteText(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> text) =>
        writer.WriteString(name, Encoding.UTF8.GetString(text));

    // A time without a zone is printed without one: which zone it is can only be said beside the record timestamp. Without a year it is
    // no ISO 8601 that a machine would read, and has a name of its own so that nobody takes it for one.
    private static void WriteTime(Utf8JsonWriter writer, DeviceTime time)
    {
        if (!time.HasYear) writer.WriteString("event_time_without_year", Format(time.LocalMilliseconds)["yyyy-".Length..]);
        else writer.WriteString("event_time", Format(time));
    }

    internal static string Format(DeviceTime time) => time.UnixMilliseconds is { } utc
        ? Format(utc) + "Z"
        : Format(time.LocalMilliseconds);

    private static string Format(long milliseconds) =>
        DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
