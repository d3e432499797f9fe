using System.Diagnostics;
using System.Text;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Reads a PAN-OS message in the Log Event Extended Format: a firewall with a LEEF template, or Strata Logging Service, whose delimiter is
/// a blank although values hold blanks too.
/// <code>
/// LEEF:2.0|Palo Alto Networks|PAN-OS Syslog Integration|11.1.0|allow|x7C|ReceiveTime=2026/05/01 08:28:10|cat=TRAFFIC|Subtype=end|...
/// LEEF:2.0|Palo Alto Networks|Next Generation Firewall|10.1|allow| |TimeReceived=2026-05-01T08:28:10.000000Z cat=traffic SubType=end ...
/// </code>
/// </summary>
internal static class LeefMessage
{
    private const int HeaderFields = 5;

    private static readonly PanosColumn Action = PanosColumns.Named("action");

    /// <summary>Reads the message whose fields begin at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position)
    {
        ReadOnlySpan<byte> message = into.Message;
        Span<TextSlice> header = stackalloc TextSlice[HeaderFields];
        Refusal refusal = ExtensionHeader.Read(message, position, header, out int attributes);
        if (!refusal.Accepted) return refusal;
        refusal = ExtensionHeader.CheckProduct(message, header[1], header[2], out _);
        if (!refusal.Accepted) return refusal;
        refusal = LeefDelimiter.Read(message, header[0], ref attributes, out byte delimiter);
        if (!refusal.Accepted) return refusal;
        into.Tag = EventTag.PanosTraffic;
        into.KnownKeys = PanosColumns.Names;
        into.Shape = MessageShape.PanosLeef;
        return ReadAttributes(into, new ExtensionReader(message, attributes, delimiter), header[4]);
    }

    // The event id is the action; templates print it among the attributes too.
    private static Refusal ReadAttributes(SessionEvent into, ExtensionReader pairs, TextSlice eventId)
    {
        var fields = new PanosFields(into);
        bool hasType = false, hasAction = false;
        Refusal refusal;
        while (pairs.MoveNext())
        {
            TextSlice value = ValueReader.Trim(into.Message, pairs.Value);
            int index = ExtensionKeys.Leef.Find(into.Bytes(pairs.Key));
            if (index < 0)
            {
                if (!ValueReader.IsAbsent(into.Bytes(value), FieldTable.ExtraAbsent)) into.AddExtra(pairs.Key, value);
                continue;
            }
            ref readonly ExtensionKey key = ref ExtensionKeys.Leef[index];
            if (key.Use == ExtensionUse.LogType)
            {
                if (!Ascii.EqualsIgnoreCase(into.Bytes(value), "TRAFFIC"u8)) return new Refusal(RefusalReason.UnknownLogType, value.Offset);
                hasType = true;
                continue;
            }
            Debug.Assert(key.Use == ExtensionUse.Column, "LEEF has no custom fields.");
            hasAction |= value.Length > 0 && ReferenceEquals(key.Column.Name, Action.Name);
            refusal = fields.Apply(key.Column, value);
            if (!refusal.Accepted) return refusal;
        }
        if (!pairs.Fault.Accepted) return pairs.Fault;
        if (!hasType) return new Refusal(RefusalReason.UnknownLogType, eventId.Offset);
        refusal = hasAction ? default : fields.Apply(Action, eventId);
        return refusal.Accepted ? fields.Finish() : refusal;
    }
}
