using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// A template as the vendor writes it, such as <c>session created {source-address}/{source-port}->...</c>, taken apart when the program
/// starts. After a key may stand what its value looks like (<c>{elapsed-time:number}</c>); a piece in brackets is not in all releases.
/// </summary>
internal sealed class SentenceTemplate
{
    // What stands around and after the keys says what a piece looks like.
    private static readonly Dictionary<string, SentencePart> Parts = new(StringComparer.Ordinal)
    {
        ["{}"] = SentencePart.Word,
        ["{:number}"] = SentencePart.Number,
        ["{:maybe-number}"] = SentencePart.MaybeNumber,
        ["{:interface}"] = SentencePart.Interface,
        ["{:yes-no}"] = SentencePart.YesNo,
        ["{:apbr-rule-type}"] = SentencePart.ApbrRuleType,
        ["{:category}"] = SentencePart.Category,
        ["{}/{}->{}/{}"] = SentencePart.Flow,
        ["0x{}"] = SentencePart.Tag,
        ["{:rule-type}"] = SentencePart.RuleType,
        ["{}({})"] = SentencePart.Counts,
        ["{:text}({})"] = SentencePart.Names,
        ["{}:"] = SentencePart.ReasonOfClose,
        ["{:text}"] = SentencePart.ReasonOfDeny,
        ["{:characteristics}"] = SentencePart.Characteristics,
        ["{:host}"] = SentencePart.HostName,
    };

    /// <summary>Takes <paramref name="text"/> apart.</summary>
    public SentenceTemplate(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int literals = words.TakeWhile(w => !w.Contains('{', StringComparison.Ordinal)).Count();
        Intro = [.. words.Take(literals).Select(Encoding.ASCII.GetBytes)];
        IntroText = Encoding.ASCII.GetBytes(string.Concat(words.Take(literals).Select(w => w + ' ')));
        Elements = [.. words.Skip(literals).Select(Element)];
    }

    /// <summary>The words before the first value.</summary>
    public byte[][] Intro { get; }

    /// <summary>The same words, each with the blank behind it.</summary>
    public byte[] IntroText { get; }

    /// <summary>The pieces after them.</summary>
    public SentenceElement[] Elements { get; }

    private static SentenceElement Element(string word)
    {
        string piece = word.Trim('[', ']');
        var shape = new StringBuilder();
        var slots = new List<SentenceSlot>();
        for (int i = 0; i < piece.Length; i++)
        {
            shape.Append(piece[i]);
            if (piece[i] != '{') continue;
            int close = piece.IndexOf('}', i);
            string[] key = piece[(i + 1)..close].Split(':', 2);
            slots.Add(new SentenceSlot(key[0]));
            shape.Append(key.Length > 1 ? ':' + key[1] : "");
            i = close - 1;
        }
        return new SentenceElement(Parts[shape.ToString()], word[0] == '[', [.. slots]);
    }
}
