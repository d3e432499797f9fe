namespace FlowStream.Parsing.Panos;

/// <summary>Reads a PAN-OS message of comma-separated columns.</summary>
internal static class CsvMessage
{
    /// <summary>Reads the message whose fields begin at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position) => new(RefusalReason.UnknownTag, position);
}
