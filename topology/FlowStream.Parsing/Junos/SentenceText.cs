using System.Buffers;
using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>What the words of sentences look like.</summary>
internal static class SentenceText
{
    private const AbsentForms Absent = AbsentForms.NotAvailable | AbsentForms.NoneWord | AbsentForms.Unknown;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private const AbsentForms NoInterface = AbsentForms.NotAvailable | AbsentForms.NoneWord;

    // A number of 32 bits.
    private const int MaxHexDigits = 8;

    // The types of APBR rules in the AppTrack documentation since 19.3R1.
    private static readonly NameTable ApbrRuleTypes =
        new([.. new[] { "default", "application", "dscp", "application-dscp" }.Select(Encoding.ASCII.GetBytes)]);

    // Categories of the application signatures, and the one of applications that the operator defines.
    private static readonly NameTable Categories = new(
    [
        .. new[]
        {
            "Gaming", "Infrastructure", "Messaging", "Multimedia", "P2P", "Remote-Access", "Web", "custom application",
        }.Select(Encoding.ASCII.GetBytes),
    ]);

    /// <summary>
    /// Whether <paramref name="slice"/> of <paramref name="message"/> may be a <paramref name="part"/>.
    /// </summary>
    public static SentenceFit Fit(SentencePart part, ReadOnlySpan<byte> message, TextSlice slice)
    {
        ReadOnlySpan<byte> word = message.Slice(slice.Offset, slice.Length);
        switch (part)
        {
            case SentencePart.Number: return If(DecimalDigits.IsNumber(message, slice));
            case SentencePart.MaybeNumber: return If(IsNumber(word) || word.SequenceEqual("-1"u8) || IsAbsent(word));
            case SentencePart.Interface: return If(IsInterface(word) || ValueReader.IsAbsent(word, NoInterface));
            case SentencePart.YesNo: return If(IsYesNo(word));
            case SentencePart.ApbrRuleType: return ApbrRuleTypes.Find(word) >= 0 ? SentenceFit.Certain : If(IsAbsent(word));
            case SentencePart.Category: return Categories.Find(word) >= 0 ? SentenceFit.Certain : SentenceFit.Possible;
            case SentencePart.Flow: return If(Arrow(message, slice) > 0);
            case SentencePart.Tag: return If(IsTag(word));
            case SentencePart.Counts: return If(word.Length > 3 && word[^1] == ')' && char.IsAsciiDigit((char)word[0]));
            case SentencePart.Names: return If(word.Length > 1 && word[^1] == ')');
            default: return SentenceFit.Possible;
        }
    }

    /// <summary>Where the first arrow of <paramref name="word"/>, a slice of <paramref name="message"/>, begins in it, or -1.</summary>
    public static int Arrow(ReadOnlySpan<byte> message, TextSlice word)
    {
        // One byte is found faster than two, and mostly stands in an arrow.
        int head = ByteMask.First(message, word, (byte)'>');
        if (head > 0 && message[word.Offset + head - 1] == '-') return head - 1;
        return head < 0 ? -1 : message.Slice(word.Offset, word.Length).IndexOf("->"u8);
    }

    /// <summary>True for digits.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> word)
    {
        foreach (byte b in word)
        {
            if ((uint)b - '0' > 9) return false;
        }
        return !word.IsEmpty;
    }

    /// <summary>True for what says that there is no value.</summary>
    public static bool IsAbsent(ReadOnlySpan<byte> word) => ValueReader.IsAbsent(word, Absent);

    /// <summary>True for what devices print for <c>encrypted</c>.</summary>
    public static bool IsYesNo(ReadOnlySpan<byte> word) => word.SequenceEqual("No"u8) || word.SequenceEqual("Yes"u8) || IsAbsent(word);

    /// <summary>True for a connection tag: 0x and hexadecimal digits.</summary>
    public static bool IsTag(ReadOnlySpan<byte> word) => word.Length is > 2 and <= 2 + MaxHexDigits && word.StartsWith("0x"u8)
        && (word.Length == 3 ? char.IsAsciiHexDigit((char)word[2]) : word[2..].IndexOfAnyExcept(HexDigits) < 0);

    // Interfaces have a unit after a dot, or at least a number (ge-0/0/1.0, .local..0, reth0).
    private static bool IsInterface(ReadOnlySpan<byte> word) => word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0 && !IsNumber(word);

    private static SentenceFit If(bool fits) => fits ? SentenceFit.Possible : SentenceFit.No;
}
