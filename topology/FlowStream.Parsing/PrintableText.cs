using System.Globalization;
using System.Text;

namespace FlowStream.Parsing;

/// <summary>
/// What a device sent as printable ASCII in quotes, for people: a byte that is none is written as <c>\xHH</c>, a quote or backslash with a
/// backslash before it, so that nothing a message holds can pass for another line of a log or move a terminal's cursor.
/// </summary>
public static class PrintableText
{
    /// <summary>Most bytes that one byte becomes.</summary>
    public const int MaxBytesPerByte = 4;

    /// <summary>The quotes.</summary>
    public const int QuoteBytes = 2;

    /// <summary>Writes <paramref name="text"/> in quotes.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">
    /// At least <see cref="QuoteBytes"/> and <see cref="MaxBytesPerByte"/> for each byte of <paramref name="text"/> long.
    /// </param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (destination.Length < QuoteBytes + (MaxBytesPerByte * text.Length))
            throw new ArgumentException("Too short for the text.", nameof(destination));
        int written = 0;
        destination[written++] = (byte)'"';
        foreach (byte b in text)
        {
            if (b is >= 0x20 and < 0x7F)
            {
                if (b is (byte)'"' or (byte)'\\') destination[written++] = (byte)'\\';
                destination[written++] = b;
                continue;
            }
            destination[written++] = (byte)'\\';
            destination[written++] = (byte)'x';
            b.TryFormat(destination[written..], out int digits, "X2", CultureInfo.InvariantCulture);
            written += digits;
        }
        destination[written++] = (byte)'"';
        return written;
    }

    /// <summary><paramref name="text"/> in quotes, as a string.</summary>
    public static string Of(ReadOnlySpan<byte> text)
    {
        var printable = new byte[QuoteBytes + (MaxBytesPerByte * text.Length)];
        return Encoding.ASCII.GetString(printable, 0, Write(text, printable));
    }
}
