using System.Buffers;

namespace FlowStream.Parsing.Headers;

/// <summary>The bytes that divide a header into words.</summary>
internal static class HeaderBytes
{
    /// <summary>Blank, tab and line ends.</summary>
    public static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    /// <summary>What ends a word: a blank, or the bracket of a PRI that noise stands in front of.</summary>
    public static readonly SearchValues<byte> EndOfWord = SearchValues.Create(" \t\r\n<"u8);

    /// <summary>What no host name or address holds, so that a word with one of them is none.</summary>
    public static readonly SearchValues<byte> NotInHost = SearchValues.Create("\"'=[](){}<>|,;\\"u8);

    /// <summary>True for <see cref="Blanks"/>.</summary>
    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
