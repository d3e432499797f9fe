namespace FlowStream.Schemas.Generator;

/// <summary>Turns the schema's names into C# names.</summary>
internal static class Names
{
    /// <summary><c>bytes_from_client</c> as <c>BytesFromClient</c>.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(part => part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>Text as it stands in an XML comment.</summary>
    public static string Xml(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
