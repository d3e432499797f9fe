using System.Text;
using System.Text.RegularExpressions;

namespace FlowStream.Parsing.Tests;

/// <summary>
/// The slow second opinion on structured data: the same grammar as regular expressions, for what devices print properly and for what was
/// damaged on the way. It says which names and values a message holds, in the order printed, escapes resolved and trimmed, or null when
/// the message is not of that grammar.
/// </summary>
internal static partial class ReferenceParser
{
    /// <summary>Reads the structured data whose bracket is, or should be, at <paramref name="position"/>.</summary>
    public static List<(string Key, string Value)>? Parameters(byte[] message, int position)
    {
        string text = Encoding.Latin1.GetString(message).TrimEnd(' ', '\t', '\r', '\n', '\0');
        if (text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal)) text = text[3..];
        var found = new List<(string, string)>();
        for (Match element = Element().Match(text, position); element.Success; element = NextElement().Match(text, position))
        {
            bool reserved = element.Groups["id"].Value is "meta" or "origin" or "timeQuality";
            position = element.Index + element.Length;
            while (true)
            {
                Match name = Name().Match(text, position);
                if (!name.Success) return End().IsMatch(text, position) ? found : null;
                if (name.Groups["end"].Success)
                {
                    position = name.Groups["end"].Index;
                    break;
                }
                if (!TryReadValue(text, name.Index + name.Length, out string? value, out position)) return null;
                if (value is null) return found;
                if (!reserved) found.Add((name.Groups["key"].Value, Trim().Replace(Escape().Replace(value, "$1"), "")));
            }
        }
        return found;
    }

    // A value of null: the message ends in it.
    private static bool TryReadValue(string text, int position, out string? value, out int end)
    {
        Match opening = Quote().Match(text, position);
        int start = opening.Index + opening.Length;
        for (Match quote = QuoteOrEscape().Match(text, start); quote.Success; quote = quote.NextMatch())
        {
            if (quote.Value[0] == '\\') continue;
            int after = quote.Index + quote.Length;
            bool mixed = opening.Length == 1 && quote.Length > 1;
            (value, end) = (text[start..quote.Index], after);
            if ((mixed ? ClosesMixed() : Closes()).IsMatch(text, after)) return true;
            Match next = NextName().Match(value);
            if (!next.Success) continue;
            (value, end) = (value[..next.Index], start + next.Index);
            return opening.Length > 0;
        }
        (value, end) = (null, text.Length);
        return opening.Length > 0 || !text[position..].Contains(']', StringComparison.Ordinal);
    }

    private const string Blank = @"(?:[ \t\r\n]|\u00C2\u00A0)";
    private const string Typographic = @"\u00E2\u0080[\u0098-\u009F]";
    private const string NameByte = @"[!-~-[=""\]]]";
    private const string Parameter = NameByte + "{1,63}=(?:\"|" + Typographic + ")";

    // An SD-ID and what separates it, or glued to the first name, or none.
    private const string Opening = @"(?:[^ \t\r\n=\]""]*?\u00C2\u00A0(?=[^ \t\r\n=\]""]*[=""])"
        + @"|[^ \t\r\n=\]""@]*@[^ \t\r\n=\]""0-9]*[0-9.]+(?=[^ \t\r\n=\]""0-9.][^ \t\r\n=\]""]*[=""])"
        + @"|(?<id>[^ \t\r\n=\]""]*)(?=[ \t\r\n\]]|$)|)";

    [GeneratedRegex(@"\G\[?" + Opening, RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex(@"\G\]\[" + Opening, RegexOptions.CultureInvariant)]
    private static partial Regex NextElement();

    [GeneratedRegex(
        @"\G" + Blank + "*(?:\"|" + Typographic + ")?(?:(?<end>\\])|(?<key>" + NameByte + "+)=)", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    // The message ends before or in a name.
    [GeneratedRegex(@"\G" + Blank + "*(?:\"|" + Typographic + ")?" + NameByte + @"*\z", RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(@"\G(?:""|" + Typographic + ")?", RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    [GeneratedRegex(@"\\[\S\s]?|""|" + Typographic, RegexOptions.CultureInvariant)]
    private static partial Regex QuoteOrEscape();

    [GeneratedRegex(@"\G(?:\z|\]|" + Blank + "|" + Parameter + ")", RegexOptions.CultureInvariant)]
    private static partial Regex Closes();

    [GeneratedRegex(@"\G" + Blank + @"*(?:\z|\]|" + Parameter + ")", RegexOptions.CultureInvariant)]
    private static partial Regex ClosesMixed();

    // At the end of a value whose closing quote is missing: the name of the next parameter, of which the quote is the opening one.
    [GeneratedRegex(@"[ \t\r\n]" + NameByte + @"{1,62}=\z", RegexOptions.CultureInvariant)]
    private static partial Regex NextName();

    [GeneratedRegex("""\\(["\\\]])""", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\A(?:[\u0000-\u0020]|\u00C2\u00A0|" + Typographic + @")+|(?:[\u0000-\u0020]|\u00C2\u00A0|" + Typographic + @")+\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Trim();
}
