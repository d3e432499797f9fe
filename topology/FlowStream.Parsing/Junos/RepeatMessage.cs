namespace FlowStream.Parsing.Junos;

/// <summary>
/// Reads <c>last message repeated N times</c>: a syslog daemon's word for lines that it left out because they were equal to the one before.
/// They are lost, so the event counts them and nothing else.
/// </summary>
internal static class RepeatMessage
{
    private static readonly FieldRule Rule = new(Field.RepeatCount, FieldKind.Count, AbsentForms.Empty, 0);

    // More lines than that no daemon holds back.
    private const int MaxDigits = 9;

    /// <summary>Reads the number at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position)
    {
        into.Tag = EventTag.LastMessageRepeated;
        into.Kind = EventKind.Other;
        into.Shape = MessageShape.JunosUnstructured;
        ReadOnlySpan<byte> rest = into.Message[position..];
        int end = rest.IndexOf((byte)' ');
        if (end > MaxDigits) return new Refusal(RefusalReason.BadNumber, position, Field.RepeatCount);
        return end < 0 || !Ends(rest[end..])
            ? new Refusal(RefusalReason.MalformedSentence, end < 0 ? into.Message.Length : position + end)
            : FieldReader.Apply(Rule, new TextSlice(position, end), into);
    }

    // Only rsyslog's copy of the repeated line, after a colon, may follow: anything else is a message that must not be lost.
    private static bool Ends(ReadOnlySpan<byte> rest) =>
        rest.StartsWith(" times"u8) && (rest.Length == " times".Length || rest[" times".Length] == ':');
}
