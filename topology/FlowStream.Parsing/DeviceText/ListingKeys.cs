using System.Text;

namespace FlowStream.Parsing.DeviceText;

/// <summary>Reads <c>key: value</c> whatever the blanks in it: releases, web pages and PDF copies differ in them.</summary>
internal static class ListingKeys
{
    /// <summary>Cuts <c>key: value</c> at its first colon.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">In lower case, its words one blank apart, without a blank before a bracket.</param>
    /// <param name="value">What follows, without blanks around it.</param>
    /// <returns>False when there is no colon, or too much before it to be a key.</returns>
    public static bool TrySplit(ReadOnlySpan<char> text, out string key, out ReadOnlySpan<char> value)
    {
        int colon = text.IndexOf(':');
        key = "";
        value = default;
        if (colon <= 0) return false;
        key = Fold(text[..colon]);
        value = text[(colon + 1)..].Trim(' ');
        return key.Length is > 0 and <= DeviceTextLimits.MaxKeyChars;
    }

    /// <summary>The key as a name in JSON: <c>layer7 packet count(c2s)</c> is <c>layer7_packet_count_c2s</c>.</summary>
    public static string Name(string key)
    {
        var name = new StringBuilder(key.Length);
        foreach (char c in key)
        {
            if (char.IsLetterOrDigit(c)) name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] != '_') name.Append('_');
        }
        return name.ToString().TrimEnd('_');
    }

    /// <summary>Lower case, words one blank apart, no blank before an opening bracket.</summary>
    private static string Fold(ReadOnlySpan<char> key)
    {
        var folded = new StringBuilder(key.Length);
        foreach (char c in key.Trim(' '))
        {
            if (c == ' ' && folded[^1] == ' ') continue;
            if (c == '(' && folded.Length > 0 && folded[^1] == ' ') folded.Length--;
            folded.Append(char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }
}
