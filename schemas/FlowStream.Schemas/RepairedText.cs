using System.Text;

namespace FlowStream.Schemas;

/// <summary>
/// Devices may send bytes that are not UTF-8, but Avro strings and JSON must be. Each ill-formed sequence becomes one U+FFFD, as the
/// Unicode Standard recommends (section 3.9, "U+FFFD Substitution of Maximal Subparts").
/// </summary>
public static class RepairedText
{
    /// <summary>Number of bytes of <paramref name="text"/> once repaired.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            length += rune.Utf8SequenceLength;
            text = text[consumed..];
        }
        return length;
    }

    /// <summary>Writes the repaired text and returns its number of bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            written += rune.EncodeToUtf8(destination[written..]);
            text = text[consumed..];
        }
        return written;
    }
}
