using System.Globalization;
using System.Text;

namespace FlowStream.Parsing.Tests;

/// <summary>An event as a sorted list of names and values, so that two of them can be compared and a difference can be read.</summary>
internal static class EventFields
{
    public static SortedDictionary<string, string> Of(SessionEvent sessionEvent)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = sessionEvent.Kind.ToString(),
            ["tag"] = sessionEvent.Tag.ToString(),
        };
        if (!sessionEvent.DeviceHost.IsEmpty) fields["host"] = Text(sessionEvent.DeviceHost);
        if (sessionEvent.Time is { } time) fields["time"] = Format(time);
        foreach (Field field in Enum.GetValues<Field>())
        {
            if (sessionEvent.Has(field)) fields[FieldTable.Definition(field).Name] = Value(sessionEvent, field);
        }
        for (int i = 0; i < sessionEvent.ExtraCount; i++)
            fields.TryAdd("+" + Text(sessionEvent.ExtraKey(i)), Text(sessionEvent.ExtraValue(i)));
        return fields;
    }

    /// <summary>Parses a message that must be accepted.</summary>
    public static SortedDictionary<string, string> Parse(string message)
    {
        var sessionEvent = new SessionEvent();
        Refusal refusal = SyslogParser.Parse(Encoding.Latin1.GetBytes(message), sessionEvent);
        Assert.True(refusal.Accepted, $"{refusal} in {message}");
        return Of(sessionEvent);
    }

    public static string Format(DeviceTime time) => time.UnixMilliseconds is { } utc ? Format(utc) + "Z"
        : time.HasYear ? Format(time.LocalMilliseconds)
        : "--" + Format(time.LocalMilliseconds)[5..];

    private static string Format(long milliseconds) =>
        DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Value(SessionEvent sessionEvent, Field field) => FieldTable.Definition(field).Kind switch
    {
        FieldKind.Text => Text(sessionEvent.Text(field)),
        FieldKind.Address => sessionEvent.Address(field).ToString(),
        _ => sessionEvent.Number(field).ToString(CultureInfo.InvariantCulture),
    };

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
