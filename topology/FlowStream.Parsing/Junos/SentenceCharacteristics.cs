using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Finds where <c>application-characteristics</c> end: phrases of several words, each with a semicolon after it, the last mostly too. The
/// phrases are those of the application signatures; a list of others has an end only where it closes with a semicolon or a quote.
/// </summary>
internal static class SentenceCharacteristics
{
    private static readonly byte[][] Phrases =
    [
        .. new[]
        {
            "Bandwidth Consumer", "Can Leak Information", "Capable of Tunneling", "Carrier of Malware", "Evasive", "Known Vulnerabilities",
            "Loss of Productivity", "Prone to Misuse", "Supports File Transfer",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    // By the low five bits of the letter.
    private static readonly byte[][][] ByFirstLetter =
        [.. Enumerable.Range(0, 32).Select(letter => Phrases.Where(phrase => (phrase[0] & 31) == letter).ToArray())];

    /// <summary>How many of <paramref name="words"/> they take.</summary>
    /// <returns>0 when that cannot be told.</returns>
    public static int Words(ReadOnlySpan<byte> message, ReadOnlySpan<TextSlice> words)
    {
        ReadOnlySpan<byte> first = message.Slice(words[0].Offset, words[0].Length);
        if (words.Length == 1 || SentenceText.IsAbsent(first)) return 1;
        if (first[0] == '"') return QuotedWords(message, words);
        int end = EndOfPhrases(message[words[0].Offset..]) + words[0].Offset;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Offset + words[i].Length == end) return i + 1;
        }
        for (int i = words.Length - 1; i >= 0; i--)
        {
            if (LastByte(message, words[i]) == ';') return i + 1;
        }
        return 0;
    }

    private static int QuotedWords(ReadOnlySpan<byte> message, ReadOnlySpan<TextSlice> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            bool alone = i == 0 && words[0].Length == 1;
            if (!alone && LastByte(message, words[i]) == '"') return i + 1;
        }
        return 0;
    }

    // The length of the known phrases that the text begins with, their semicolons included; 0 for none.
    private static int EndOfPhrases(ReadOnlySpan<byte> text)
    {
        int end = 0, position = 0;
        while (PhraseAt(text[position..]) is > 0 and int length)
        {
            end = position + length;
            if (end == text.Length || text[end] != ';') break;
            position = ++end;
            while (position < text.Length && text[position] <= ' ') position++;
        }
        return end;
    }

    private static int PhraseAt(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        foreach (byte[] phrase in ByFirstLetter[text[0] & 31])
        {
            if (text.Length >= phrase.Length && IsPhrase(text[..phrase.Length], phrase)) return phrase.Length;
        }
        return 0;
    }

    // A line break may stand for a blank.
    private static bool IsPhrase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> phrase)
    {
        if (text.SequenceEqual(phrase)) return true;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != phrase[i] && (text[i] > ' ' || phrase[i] != ' ')) return false;
        }
        return true;
    }

    private static int LastByte(ReadOnlySpan<byte> message, TextSlice word) =>
        word.Length == 0 ? -1 : message[word.Offset + word.Length - 1];
}
