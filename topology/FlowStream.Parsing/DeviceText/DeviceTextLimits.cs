namespace FlowStream.Parsing.DeviceText;

/// <summary>Limits of reading what a device prints on its terminal, so that no text takes more than a few hundred kilobytes.</summary>
public static class DeviceTextLimits
{
    /// <summary>Longest line in bytes: ten times the longest line of the listings known.</summary>
    public const int MaxLineBytes = 4096;

    /// <summary>
    /// Most values of one session that have no field of their own: the longest listing known, Junos' extensive one, has about fifty.
    /// </summary>
    public const int MaxExtras = 128;

    /// <summary>
    /// Longest key that is taken for one where it is not known, in characters: sentences that hold a colon are longer. The longest known
    /// has 36.
    /// </summary>
    public const int MaxKeyChars = 48;

    /// <summary>Longest piece of a line that is shown where the line was not understood, in characters.</summary>
    public const int MaxExcerptChars = 200;
}
