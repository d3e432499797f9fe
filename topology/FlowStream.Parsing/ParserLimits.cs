namespace FlowStream.Parsing;

/// <summary>Limits that are checked before anything is parsed.</summary>
public static class ParserLimits
{
    /// <summary>
    /// Longest message in bytes: 64 KiB, the largest UDP datagram; the longest session log known is about 1.7 KiB.
    /// </summary>
    public const int MaxMessageBytes = 65_536;

    /// <summary>Most parameters in one message: four times the 61 fields of the longest message known.</summary>
    public const int MaxParameters = 256;
}
