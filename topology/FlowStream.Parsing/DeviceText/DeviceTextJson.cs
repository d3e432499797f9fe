using System.Text;
using System.Text.Json;

namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// Writes what a <see cref="DeviceTextReader"/> reads as JSON objects: the output of <c>flowstream parse-show</c>. Fields have the names
/// that they have in session records; every other key of the device stands under <c>extras</c>.
/// </summary>
public static class DeviceTextJson
{
    private static readonly (string Vendor, string Listing)[] Listings =
    [
        .. Enum.GetNames<DeviceListing>().Select(name => (
            name.StartsWith("Junos", StringComparison.Ordinal) ? "juniper" : "paloalto",
            JsonNamingPolicy.KebabCaseLower.ConvertName(name))),
    ];

    /// <summary>Writes <c>{"kind":"session",...}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, DeviceSession session)
    {
        (string vendor, string listing) = Listings[(int)session.Listing];
        writer.WriteStartObject();
        writer.WriteString("kind", "session");
        writer.WriteString("listing", listing);
        writer.WriteNumber("line", session.Line);
        writer.WriteString("device_vendor", vendor);
        WriteText(writer, "device_host", session.DeviceHost);
        WriteText(writer, "node", session.Node);
        WriteText(writer, "unit", session.Unit);
        foreach (DeviceField field in Enum.GetValues<DeviceField>()) WriteField(writer, session, field);
        WriteText(writer, "nat", session.Nat);
        if (session.Extras.Count > 0)
        {
            writer.WriteStartObject("extras");
            foreach ((string key, string value) in session.Extras) writer.WriteString(key, value);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>{"kind":"refused","reason":"...","detail":"..."}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, DeviceTextRefusal refusal)
    {
        string place = refusal.Field is { } field ? $"line {refusal.FaultLine}, field {field.Name()}" : $"line {refusal.FaultLine}";
        string text = refusal.Text.Length == 0 ? "" : $": {PrintableText.Of(Encoding.UTF8.GetBytes(refusal.Text))}";
        writer.WriteStartObject();
        writer.WriteString("kind", "refused");
        writer.WriteNumber("line", refusal.Line);
        writer.WriteString("reason", refusal.Reason.Code());
        writer.WriteString("detail", place + text);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>{"kind":"total",...}</c>: the device's own count beside ours.</summary>
    public static void WriteTotal(Utf8JsonWriter writer, long line, long stated, long read)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "total");
        writer.WriteNumber("line", line);
        writer.WriteNumber("stated", stated);
        writer.WriteNumber("read", read);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>{"kind":"unread","line":...,"text":"..."}</c>.</summary>
    public static void WriteUnread(Utf8JsonWriter writer, long line, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "unread");
        writer.WriteNumber("line", line);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, DeviceSession session, DeviceField field)
    {
        string name = field.Name();
        if (session.Number(field) is { } number) writer.WriteNumber(name, number);
        else if (session.Time(field) is { } time) writer.WriteString(name, EventJson.Format(time));
        else WriteText(writer, name, session.Address(field)?.ToString() ?? session.Text(field));
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }
}
