using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class AbsentTextTests
{
    private static readonly (string Text, AbsentForms Form)[] Known =
    [
        ("n/a", AbsentForms.NotAvailable), ("na", AbsentForms.NotAvailable), ("na na", AbsentForms.NotAvailable),
        ("none", AbsentForms.NoneWord), ("unknown", AbsentForms.Unknown), ("inconclusive", AbsentForms.Inconclusive),
        ("0.0.0.0", AbsentForms.UnspecifiedAddress), ("::", AbsentForms.UnspecifiedAddress),
        ("0.0.0.0/0", AbsentForms.UnspecifiedAddress), ("::/0", AbsentForms.UnspecifiedAddress),
        ("not-applicable", AbsentForms.NotApplicable), ("no-serial", AbsentForms.NoSerial),
        ("4294967295", AbsentForms.NoMeasurement), ("-1", AbsentForms.MinusOne),
    ];

    [Fact]
    public void A_text_is_absent_only_in_its_form_whole_and_in_any_case_of_its_letters()
    {
        foreach (string text in Known.SelectMany(k => Neighbours(k.Text)).Distinct())
        {
            AbsentForms expected = Known.Where(k => k.Text == Lower(text)).Aggregate(AbsentForms.Empty, (forms, k) => forms | k.Form);
            byte[] block = [.. Encoding.Latin1.GetBytes(text), .. new byte[AbsentTexts.BlockBytes]];
            foreach (AbsentForms form in Enum.GetValues<AbsentForms>())
            {
                bool absent = (form & expected) != 0;
                Assert.True(absent == AbsentTexts.Hold(ref block[0], text.Length, form), $"{text} as {form}");
                if (text.Length > 0) Assert.Equal(absent, AbsentTexts.Hold(block.AsSpan(0, text.Length), form));
            }
        }
    }

    // In both cases, each byte exchanged for each other one, a byte more and a byte less.
    private static IEnumerable<string> Neighbours(string text)
    {
        yield return text;
        yield return text.ToUpperInvariant();
        yield return text[1..];
        yield return text[..^1];
        for (int i = 0; i < text.Length; i++)
        {
            for (int b = 0; b < 256; b++) yield return $"{text[..i]}{(char)b}{text[(i + 1)..]}";
        }
        for (int b = 0; b < 256; b++) yield return text + (char)b;
        yield return text + new string('x', 32);
    }

    private static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) : c));
}
