using System.Diagnostics;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Reads a PAN-OS message in the Common Event Format: a firewall with a CEF template, or Strata Logging Service.
/// <code>
/// CEF:0|Palo Alto Networks|PAN-OS|11.1.0|end|TRAFFIC|1|rt=May 01 2026 08:28:10 GMT src=192.0.2.1 cs1=allow web cs1Label=Rule ...
/// CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|dtz=UTC rt=May 01 2026 08:28:10 ...
/// </code>
/// </summary>
internal static class CefMessage
{
    private const int HeaderFields = 7;

    private static readonly PanosColumn Subtype = PanosColumns.Named("subtype");

    /// <summary>Reads the message whose fields begin at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position)
    {
        ReadOnlySpan<byte> message = into.Message;
        Span<TextSlice> header = stackalloc TextSlice[HeaderFields];
        Refusal refusal = ExtensionHeader.Read(message, position, header, out int extension);
        if (!refusal.Accepted) return refusal;
        refusal = ExtensionHeader.CheckProduct(message, header[1], header[2], out bool isStrata);
        if (!refusal.Accepted) return refusal;
        // Firewalls put the subtype before the type, Strata Logging Service behind it.
        (TextSlice type, TextSlice subtype) = isStrata ? (header[4], header[5]) : (header[5], header[4]);
        if (!into.Bytes(type).SequenceEqual("TRAFFIC"u8)) return new Refusal(RefusalReason.UnknownLogType, type.Offset);
        into.Tag = EventTag.PanosTraffic;
        into.KnownKeys = PanosColumns.Names;
        into.Shape = MessageShape.PanosCef;
        var fields = new PanosFields(into);
        refusal = fields.Apply(Subtype, subtype);
        ExtensionKeys keys = isStrata ? ExtensionKeys.StrataCef : ExtensionKeys.Cef;
        return refusal.Accepted ? ReadExtension(into, extension, keys, ref fields) : refusal;
    }

    private static Refusal ReadExtension(SessionEvent into, int position, ExtensionKeys keys, ref PanosFields fields)
    {
        ReadOnlySpan<byte> message = into.Message;
        var custom = default(CustomFields);
        var pairs = new ExtensionReader(message, position, (byte)' ');
        var escapes = new CefEscapes(into, position);
        Refusal refusal;
        while (pairs.MoveNext())
        {
            TextSlice value = escapes.Resolve(ValueReader.Trim(message, pairs.Value));
            int index = keys.Find(into.Bytes(pairs.Key));
            if (index < 0)
            {
                if (!ValueReader.IsAbsent(into.Bytes(value), FieldTable.ExtraAbsent)) into.AddExtra(pairs.Key, value);
                continue;
            }
            ref readonly ExtensionKey key = ref keys[index];
            switch (key.Use)
            {
                case ExtensionUse.Column:
                    refusal = fields.Apply(key.Column, value);
                    if (!refusal.Accepted) return refusal;
                    break;
                case ExtensionUse.CustomValue:
                    custom.SetValue(key.Slot, value);
                    break;
                case ExtensionUse.CustomLabel:
                    custom.SetLabel(key.Slot, value);
                    break;
                default:
                    Debug.Assert(key.Use == ExtensionUse.TimeZone, "CEF has its log type in the header.");
                    fields.Zone = ExtensionTime.ReadZone(into.Bytes(value));
                    break;
            }
        }
        if (!pairs.Fault.Accepted) return pairs.Fault;
        refusal = custom.Apply(into, ref fields);
        return refusal.Accepted ? fields.Finish() : refusal;
    }
}
