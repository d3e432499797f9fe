namespace FlowStream.Parsing;

/// <summary>
/// What is to be looked at more closely in a value that begins with a byte, as one number: the forms of "no value" that begin so, and
/// whether a format reads such values in another way than others.
/// </summary>
internal static class NotableBytes
{
    /// <summary>The value is not one that is read as it stands; it is no form of "no value".</summary>
    public const AbsentForms Unusual = (AbsentForms)0x8000;

    /// <summary>The table of a format: what is notable about a value that begins with each of the 256 bytes.</summary>
    /// <param name="unusual">True for a byte that begins an <see cref="Unusual"/> value.</param>
    public static AbsentForms[] Table(Func<byte, bool> unusual) =>
        [.. Enumerable.Range(0, 256).Select(b => AbsentTexts.BeginningWith((byte)b) | (unusual((byte)b) ? Unusual : 0))];
}
