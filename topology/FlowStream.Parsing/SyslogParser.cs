using System.Numerics;

namespace FlowStream.Parsing;

/// <summary>
/// Turns one syslog message into a <see cref="SessionEvent"/>. It reads Junos structured syslog (RFC 5424 with the device's fields as
/// structured data) with the tags of <see cref="EventTag"/>; whatever else arrives is refused with a reason. It is a function of the
/// message alone, throws for no input and allocates nothing.
/// </summary>
public static class SyslogParser
{
    private const ulong IcmpProtocol = 1;
    private const ulong IcmpV6Protocol = 58;

    /// <summary>Parses <paramref name="message"/>, one whole message without its framing.</summary>
    /// <param name="message">The bytes as received; trailing line ends, blanks and NULs and a leading byte order mark do not
    /// matter.</param>
    /// <param name="into">Filled with the event; of kind <see cref="EventKind.None"/> when the message is refused.</param>
    /// <returns>Accepted, or why not and where in <paramref name="message"/>.</returns>
    public static Refusal Parse(ReadOnlySpan<byte> message, SessionEvent into)
    {
        if (message.Length > ParserLimits.MaxMessageBytes)
        {
            into.Load([]);
            return new Refusal(RefusalReason.TooLong, ParserLimits.MaxMessageBytes);
        }
        ReadOnlySpan<byte> trimmed = MessageTrimming.Trim(message, out int start);
        into.Load(trimmed);
        Refusal refusal = trimmed.IsEmpty ? new Refusal(RefusalReason.Empty) : ParseTrimmed(trimmed, into);
        if (refusal.Accepted) return refusal;
        into.Kind = EventKind.None;
        return refusal with { Position = refusal.Position + start };
    }

    private static Refusal ParseTrimmed(ReadOnlySpan<byte> message, SessionEvent into)
    {
        Refusal refusal = SyslogHeader.Read(message, out SyslogHeader header);
        if (!refusal.Accepted) return refusal;
        TextSlice id = header.MessageId;
        if (TagTable.Find(message.Slice(id.Offset, id.Length)) is not { } tag) return new Refusal(RefusalReason.UnknownTag, id.Offset);
        into.Time = header.Time;
        into.HostSlice = header.Host;
        if (header.DataPosition >= message.Length || message[header.DataPosition] != '[')
            return new Refusal(RefusalReason.NoStructuredData, header.DataPosition);
        into.Tag = tag.Tag;
        into.Kind = tag.Kind;
        into.Shape = MessageShape.JunosStructured;
        refusal = ReadParameters(message, header.DataPosition, into);
        return refusal.Accepted ? Finish(tag, into) : refusal;
    }

    private static Refusal ReadParameters(ReadOnlySpan<byte> message, int position, SessionEvent into)
    {
        var reader = new StructuredDataReader(message, position);
        while (reader.MoveNext())
        {
            TextSlice key = reader.Key, value = reader.Value;
            if (reader.HasBackslash) value = value with { Length = ValueReader.Unescape(into.Bytes(value)) };
            value = ValueReader.Trim(into.Message, value);
            int index = FieldTable.Keys.Find(message.Slice(key.Offset, key.Length));
            if (index >= 0)
            {
                Refusal refusal = Apply(FieldTable.Rules[index], value, into);
                if (!refusal.Accepted) return refusal;
                continue;
            }
            if (!StructuredDataReader.IsName(message.Slice(key.Offset, key.Length)))
                return new Refusal(RefusalReason.MalformedParameter, key.Offset);
            if (!ValueReader.IsAbsent(into.Bytes(value), FieldTable.ExtraAbsent)) into.AddExtra(key, value);
        }
        return reader.Fault;
    }

    private static Refusal Apply(in FieldRule rule, TextSlice value, SessionEvent into)
    {
        ReadOnlySpan<byte> text = into.Bytes(value);
        if (ValueReader.IsAbsent(text, rule.Absent) || !into.Claim(rule.Field, rule.Rank)) return default;
        if (rule.Kind == FieldKind.Text)
        {
            into.SetText(rule.Field, value);
            return default;
        }
        if (rule.Kind == FieldKind.Address)
        {
            if (!IpAddress.TryParse(text, out IpAddress address))
                return new Refusal(RefusalReason.BadAddress, value.Offset, rule.Field);
            into.SetAddress(rule.Field, value, address);
            return default;
        }
        if (!ValueReader.TryReadNumber(text, out ulong number) || number > Maximum(rule.Kind))
            return new Refusal(RefusalReason.BadNumber, value.Offset, rule.Field);
        into.SetNumber(rule.Field, value, (long)number);
        return default;
    }

    private static ulong Maximum(FieldKind kind) => kind switch
    {
        FieldKind.Port => ushort.MaxValue,
        FieldKind.Octet => byte.MaxValue,
        FieldKind.Count => long.MaxValue,
        _ => ulong.MaxValue,
    };

    // What one field says about another: a translated port means something only beside its address, and every message that is not about
    // ICMP carries an ICMP type of 0.
    private static Refusal Finish(TagDefinition tag, SessionEvent into)
    {
        if (!into.Has(Field.NatSourceAddress)) into.Clear(Field.NatSourcePort);
        if (!into.Has(Field.NatDestinationAddress)) into.Clear(Field.NatDestinationPort);
        if ((ulong)into.Number(Field.ProtocolId) is not (IcmpProtocol or IcmpV6Protocol)) into.Clear(Field.IcmpType);
        ulong missing = tag.Required & ~into.Present;
        return missing == 0
            ? default
            : new Refusal(RefusalReason.MissingField, into.Message.Length, (Field)BitOperations.TrailingZeroCount(missing));
    }
}
