namespace FlowStream.Parsing.Panos;

/// <summary>The fields between pipes that a CEF or LEEF message begins with; whose product they must name.</summary>
internal static class ExtensionHeader
{
    /// <summary>Strata Logging Service calls itself so in CEF; it prints some keys with another meaning than firewalls.</summary>
    public const string Strata = "LF";

    private static readonly string[] Products = ["PAN-OS", Strata, "PAN-OS Syslog Integration", "Next Generation Firewall"];

    private static readonly NameTable ProductNames = new([.. Products.Select(System.Text.Encoding.ASCII.GetBytes)]);

    /// <summary>Reads as many fields as <paramref name="fields"/> holds. A pipe after a backslash is part of its field.</summary>
    /// <param name="message">The message.</param>
    /// <param name="position">Where the first field begins.</param>
    /// <param name="fields">Filled in order, without blanks around them.</param>
    /// <param name="next">Behind the last field's pipe.</param>
    public static Refusal Read(ReadOnlySpan<byte> message, int position, Span<TextSlice> fields, out int next)
    {
        next = position;
        foreach (ref TextSlice field in fields)
        {
            int end = EndOfField(message, next);
            if (end < 0) return new Refusal(RefusalReason.MalformedExtension, next);
            field = ValueReader.Trim(message, new TextSlice(next, end - next));
            next = end + 1;
        }
        return default;
    }

    /// <summary>Checks that a PAN-OS product wrote the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="vendor">The second field.</param>
    /// <param name="product">The third field.</param>
    /// <param name="isStrata">True when <see cref="Strata"/> did.</param>
    public static Refusal CheckProduct(ReadOnlySpan<byte> message, TextSlice vendor, TextSlice product, out bool isStrata)
    {
        int index = ProductNames.Find(message.Slice(product.Offset, product.Length));
        isStrata = index >= 0 && Products[index] == Strata;
        if (!message.Slice(vendor.Offset, vendor.Length).SequenceEqual("Palo Alto Networks"u8))
            return new Refusal(RefusalReason.UnknownTag, vendor.Offset);
        return index < 0 ? new Refusal(RefusalReason.UnknownTag, product.Offset) : default;
    }

    private static int EndOfField(ReadOnlySpan<byte> message, int start)
    {
        int from = start;
        while (true)
        {
            int length = message[from..].IndexOf((byte)'|');
            if (length < 0) return -1;
            int end = from + length;
            if (end == start || message[end - 1] != '\\') return end;
            from = end + 1;
        }
    }
}
