namespace FlowStream.Sessions;

/// <summary>What Junos prints for an application that it has not identified; less than any name.</summary>
internal static class Applications
{
    /// <summary>True for <c>UNKNOWN</c>, <c>INCONCLUSIVE</c>, <c>none</c> and nothing.</summary>
    public static bool IsVague(ReadOnlySpan<byte> name) =>
        name.IsEmpty
        || System.Text.Ascii.EqualsIgnoreCase(name, "UNKNOWN"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "INCONCLUSIVE"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "none"u8);
}
