using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Fills an event from the values of a PAN-OS log, in whatever format they were printed: <see cref="Apply"/> for each value, then
/// <see cref="Finish"/> once. Only what tells one flow from another refuses a log; any other value that is none of its kind is read as
/// absent.
/// </summary>
internal ref struct PanosFields(SessionEvent into)
{
    private const ulong Flow = (1UL << (int)Field.SourceAddress) | (1UL << (int)Field.SourcePort) | (1UL << (int)Field.DestinationAddress)
        | (1UL << (int)Field.DestinationPort) | (1UL << (int)Field.ProtocolId);

    private const ulong Identity = Flow | (1UL << (int)Field.SessionId);

    private readonly SessionEvent _into = into;
    private TextSlice _start;
    private TextSlice _received;
    private TextSlice _generated;
    private TextSlice _precise;

    /// <summary>What column 6 says.</summary>
    public TextSlice Release { get; private set; }

    /// <summary>Minutes east of UTC of every time that states no zone, or null when the log does not say.</summary>
    public short? Zone { get; set; }

    /// <summary>Reads <paramref name="value"/>, a slice of the event's message.</summary>
    public Refusal Apply(in PanosColumn column, TextSlice value)
    {
        RefusalReason reason = Read(column, value);
        return reason == RefusalReason.None ? default : new Refusal(reason, value.Offset, column.Rule.Field);
    }

    /// <summary>The same for a caller that has the place at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RefusalReason Read(in PanosColumn column, TextSlice value)
    {
        value = ValueReader.Trim(_into.Message, value);
        if (column.Use == PanosUse.Field) return ReadField(column.Rule, value);
        if (column.Use != PanosUse.Extra) return ReadOther(column, value);
        if (!ValueReader.IsAbsent(_into.Bytes(value), column.Rule.Absent)) _into.AddExtra(column.Position, value);
        return RefusalReason.None;
    }

    /// <summary>The same for a value without blanks around it that is no form of "no value", if those count for the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RefusalReason ReadPresent(in PanosColumn column, TextSlice value, SessionEvent into)
    {
        if (column.Use == PanosUse.Field) return Forgive(FieldReader.ReadPresent(column.Rule, value, into), column.Rule.Field, into);
        if (column.Use != PanosUse.Extra) return ReadOther(column, value);
        into.AddExtra(column.Position, value);
        return RefusalReason.None;
    }

    /// <summary>Finds the time of the event, and looks for fields that it must have.</summary>
    public readonly Refusal Finish()
    {
        if (_into.Kind == EventKind.None) _into.Kind = EventKind.Other;
        PanosEventTime.Set(_into, _start, _received, _generated, _precise, Zone);
        // A refused session has no place in the session table.
        if (_into.Kind == EventKind.Deny && _into.Number(Field.SessionId) == 0) _into.Clear(Field.SessionId);
        return FieldReader.Finish(_into.Kind is EventKind.Start or EventKind.Close ? Identity : Flow, _into);
    }

    private static EventKind Kind(ReadOnlySpan<byte> subtype) =>
        subtype.SequenceEqual("end"u8) ? EventKind.Close
        : subtype.SequenceEqual("start"u8) ? EventKind.Start
        : subtype.SequenceEqual("drop"u8) || subtype.SequenceEqual("deny"u8) ? EventKind.Deny
        : EventKind.Other;

    // Kept apart, so that the extras and fields, which most columns are, cost no call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RefusalReason ReadOther(in PanosColumn column, TextSlice value)
    {
        if (value.Length == 0) return RefusalReason.None;
        switch (column.Use)
        {
            case PanosUse.Skip:
                return RefusalReason.None;
            case PanosUse.StartTime:
                _start = value;
                return RefusalReason.None;
            case PanosUse.DeviceName:
                _into.HostSlice = value;
                return RefusalReason.None;
        }
        Note(column.Use, value);
        _into.AddExtra(column.Position, value);
        return RefusalReason.None;
    }

    private void Note(PanosUse use, TextSlice value)
    {
        if (use == PanosUse.Subtype) _into.Kind = Kind(_into.Bytes(value));
        else if (use == PanosUse.Release) Release = value;
        else if (use == PanosUse.ReceiveTime) _received = value;
        else if (use == PanosUse.GeneratedTime) _generated = value;
        else _precise = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RefusalReason Forgive(RefusalReason reason, Field field, SessionEvent into)
    {
        if (reason == RefusalReason.None || (Identity & (1UL << (int)field)) != 0) return reason;
        into.Repairs |= Repair.UnreadableValue;
        return RefusalReason.None;
    }

    private readonly RefusalReason ReadField(in FieldRule rule, TextSlice value) =>
        Forgive(FieldReader.Read(rule, value, _into), rule.Field, _into);
}
