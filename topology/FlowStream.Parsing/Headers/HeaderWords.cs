using System.Text;

namespace FlowStream.Parsing.Headers;

/// <summary>The words of headers that name neither a time nor a host.</summary>
internal static class HeaderWords
{
    // The names of RFC 5424 section 6.2.1 as syslog.conf and collectors write them: facility.severity.
    private static readonly byte[][] Facilities = Words(
        "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp security console solaris-cron audit alert clock "
        + "local0 local1 local2 local3 local4 local5 local6 local7 change conflict interactive-commands pfe");

    private static readonly byte[][] Severities = Words(
        "emerg emergency panic alert crit critical err error warn warning notice info informational debug any none");

    /// <summary>
    /// True for a program: <c>RT_FLOW</c> in front of a Junos message, and any word that ends with a colon (RFC 3164 section 4.1.3),
    /// such as <c>junos-flow:</c> and <c>mgd[1234]:</c>.
    /// </summary>
    public static bool IsProgram(ReadOnlySpan<byte> word) => word[^1] == ':' || ProgramNameBytes(word) > 0;

    /// <summary>Length of the program at the start of a word for which <see cref="IsProgram"/> holds: what is glued to its colon is
    /// another word.</summary>
    public static int ProgramBytes(ReadOnlySpan<byte> word)
    {
        int length = ProgramNameBytes(word);
        if (length == 0) return word.Length;
        if (length < word.Length && word[length] == '[')
        {
            int close = word[length..].IndexOf((byte)']');
            length = close < 0 ? word.Length : length + close + 1;
        }
        return length < word.Length && word[length] == ':' ? length + 1 : length;
    }

    /// <summary>True for a facility and a severity with a point between them, in any letter case: <c>local7.info</c>.</summary>
    public static bool IsFacilityAndSeverity(ReadOnlySpan<byte> word)
    {
        int point = word.IndexOf((byte)'.');
        // Nearly all words with a point are names of hosts, and of more parts than two.
        return point > 0 && !word[(point + 1)..].Contains((byte)'.') && Holds(Severities, word[(point + 1)..])
            && Holds(Facilities, word[..point]);
    }

    private static int ProgramNameBytes(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> name = "RT_FLOW"u8;
        if (!word.StartsWith(name)) return 0;
        return word.Length == name.Length || word[name.Length] is (byte)':' or (byte)'[' ? name.Length : 0;
    }

    private static bool Holds(byte[][] names, ReadOnlySpan<byte> name)
    {
        foreach (byte[] known in names)
        {
            if (Ascii.EqualsIgnoreCase(known, name)) return true;
        }
        return false;
    }

    private static byte[][] Words(string names) => [.. names.Split(' ').Select(Encoding.ASCII.GetBytes)];
}
