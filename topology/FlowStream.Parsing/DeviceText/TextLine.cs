using System.Text;

namespace FlowStream.Parsing.DeviceText;

/// <summary>One line of a terminal as text.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">
/// The line without blanks at its end. Every kind of blank (tabs, the no-break blanks of web pages, control characters) is a blank here.
/// </param>
internal readonly record struct TextLine(long Number, string Text)
{
    /// <summary>The line without blanks before it.</summary>
    public ReadOnlySpan<char> Trimmed => Text.AsSpan().TrimStart(' ');

    /// <summary>True when there is nothing in the line.</summary>
    public bool IsBlank => Text.Length == 0;

    /// <summary>The line of these bytes. What a carriage return begins anew replaces what stood before it, as on the terminal.</summary>
    public static TextLine Of(long number, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd((byte)'\r');
        bytes = bytes[(bytes.LastIndexOf((byte)'\r') + 1)..];
        string text = string.Create(Encoding.UTF8.GetCharCount(bytes), bytes, static (chars, source) =>
        {
            Encoding.UTF8.GetChars(source, chars);
            foreach (ref char c in chars)
            {
                if (char.IsWhiteSpace(c) || char.IsControl(c) || c == '\uFEFF') c = ' ';
            }
        });
        return new TextLine(number, text.TrimEnd(' '));
    }

    /// <summary>True when the line begins with <paramref name="word"/>, whatever its letter case and the blanks before it.</summary>
    public bool Begins(string word) => Trimmed.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
