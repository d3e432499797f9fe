namespace FlowStream.Parsing.Panos;

/// <summary>Reads a PAN-OS message written with a CEF template.</summary>
internal static class CefMessage
{
    /// <summary>Reads the message whose fields begin at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position) => new(RefusalReason.UnknownTag, position);
}
