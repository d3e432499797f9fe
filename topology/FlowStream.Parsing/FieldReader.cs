using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing;

/// <summary>Puts the value of a field into an event: what every format does once it knows which field a piece of text is.</summary>
internal static class FieldReader
{
    private const ulong IcmpProtocol = 1;
    private const ulong IcmpV6Protocol = 58;

    // Which session, and its totals.
    private const ulong Essential = Junos.RequiredFields.Session | (1UL << (int)Field.ElapsedTime)
        | (1UL << (int)Field.PacketsFromClient) | (1UL << (int)Field.BytesFromClient)
        | (1UL << (int)Field.PacketsFromServer) | (1UL << (int)Field.BytesFromServer);

    // By kind; there is none for texts and addresses.
    private static ReadOnlySpan<ulong> Maximum =>
    [
        0, long.MaxValue, ulong.MaxValue, ushort.MaxValue, byte.MaxValue, byte.MaxValue, 0, ulong.MaxValue, uint.MaxValue,
    ];

    /// <summary>
    /// Reads <paramref name="value"/>, a slice of the event's message without blanks around it, as <paramref name="rule"/> says. A form of
    /// "no value" leaves the field absent. A value that is none of its kind is refused where it says which session it is or counts its
    /// traffic; any other such field is absent.
    /// </summary>
    public static Refusal Apply(in FieldRule rule, TextSlice value, SessionEvent into)
    {
        RefusalReason reason = Read(rule, value, into);
        return reason == RefusalReason.None ? default : Judge(reason, rule.Field, value, into);
    }

    /// <summary>
    /// What is done about a value that <see cref="Read"/> could not read. Without its identity or its totals a message would be joined
    /// wrongly or tell wrong numbers; without another field it tells less.
    /// </summary>
    public static Refusal Judge(RefusalReason reason, Field field, TextSlice value, SessionEvent into)
    {
        if ((Essential & (1UL << (int)field)) != 0) return new Refusal(reason, value.Offset, field);
        into.Repairs |= Repair.UnreadableValue;
        return default;
    }

    /// <summary>Reads a value and leaves to the caller what is done where it cannot be read: a reason fits into a register.</summary>
    public static RefusalReason Read(in FieldRule rule, TextSlice value, SessionEvent into) =>
        ValueReader.IsAbsent(into.Bytes(value), rule.Absent) ? RefusalReason.None : ReadPresent(rule, value, into);

    /// <summary>What <see cref="Read"/> does with a value that is no form of "no value".</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RefusalReason ReadPresent(in FieldRule rule, TextSlice value, SessionEvent into)
    {
        if (rule.Kind != FieldKind.Text) return into.Claim(rule.Field, rule.Rank) ? ReadValue(rule, value, into) : RefusalReason.None;
        into.PutText(rule.Field, rule.Rank, value);
        return RefusalReason.None;
    }

    // Kept apart, so that texts cost no more than they must, and so are numbers from what is not just a few digits.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RefusalReason ReadValue(in FieldRule rule, TextSlice value, SessionEvent into)
    {
        if (rule.Kind == FieldKind.Address) return PutAddress(rule.Field, value, into);
        return rule.Kind != FieldKind.Hexadecimal && DecimalDigits.TryReadWord(ref into.FirstByte, value, out ulong number)
            ? PutNumber(rule, value, number, into)
            : ReadOther(rule, value, into);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RefusalReason ReadOther(in FieldRule rule, TextSlice value, SessionEvent into)
    {
        bool usual = DecimalDigits.TryRead(into.Message, value, out ulong number) && rule.Kind != FieldKind.Hexadecimal;
        return usual || TryReadOther(rule.Kind, into.Bytes(value), out number)
            ? PutNumber(rule, value, number, into)
            : RefusalReason.BadNumber;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RefusalReason PutNumber(in FieldRule rule, TextSlice value, ulong number, SessionEvent into)
    {
        if (number > Maximum[(int)rule.Kind]) return RefusalReason.BadNumber;
        into.SetNumber(rule.Field, value, (long)number);
        return RefusalReason.None;
    }

    /// <summary>
    /// What one field says about another: a translated port means something only beside its address, and every message that is not about
    /// ICMP carries an ICMP type of 0. Then looks for fields the message must have.
    /// </summary>
    /// <param name="required">One bit for each <see cref="Field"/>.</param>
    /// <param name="into">The event, all its fields read.</param>
    public static Refusal Finish(ulong required, SessionEvent into)
    {
        if (!into.Has(Field.NatSourceAddress)) into.Clear(Field.NatSourcePort);
        if (!into.Has(Field.NatDestinationAddress)) into.Clear(Field.NatDestinationPort);
        if ((ulong)into.Number(Field.ProtocolId) is not (IcmpProtocol or IcmpV6Protocol)) into.Clear(Field.IcmpType);
        ulong missing = required & ~into.Present;
        return missing == 0
            ? default
            : new Refusal(RefusalReason.MissingField, into.Message.Length, (Field)BitOperations.TrailingZeroCount(missing));
    }

    /// <summary>The largest number of a <paramref name="kind"/>; 0 for texts and addresses.</summary>
    public static ulong MaximumOf(FieldKind kind) => Maximum[(int)kind];

    /// <summary>Puts <paramref name="value"/>, an IPv4 or IPv6 address, into <paramref name="field"/>.</summary>
    /// <returns>The reason when it is none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static RefusalReason PutAddress(Field field, TextSlice value, SessionEvent into)
    {
        int block = value.Offset + value.Length - DottedAddress.BlockBytes;
        if (block < 0 || !DottedAddress.TryRead(ref Unsafe.Add(ref into.FirstByte, block), value.Length, out uint octets))
            return PutOtherAddress(field, value, into);
        into.SetAddress(field, value, IpAddress.FromIPv4(octets));
        return RefusalReason.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RefusalReason PutOtherAddress(Field field, TextSlice value, SessionEvent into)
    {
        if (!IpAddress.TryParse(into.Bytes(value), out IpAddress address)) return RefusalReason.BadAddress;
        into.SetAddress(field, value, address);
        return RefusalReason.None;
    }

    private static bool TryReadOther(FieldKind kind, ReadOnlySpan<byte> text, out ulong number) => kind == FieldKind.Hexadecimal
        ? ValueReader.TryReadHexadecimal(text, out number)
        : ValueReader.TryReadNumber(text, out number) || TryReadName(kind, text, out number);

    private static bool TryReadName(FieldKind kind, ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        if (kind != FieldKind.Protocol || !ProtocolNames.TryFind(text, out byte protocol)) return false;
        number = protocol;
        return true;
    }
}
