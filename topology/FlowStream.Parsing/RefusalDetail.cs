using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FlowStream.Parsing;

/// <summary>
/// The text that goes with a refusal into dead letters and the output of <c>flowstream parse</c>: where, which field, and a piece of the
/// message, as in <c>byte 131, field source_port: "source-port=\"70000\" destin"</c>. It is printable ASCII whatever the message holds.
/// </summary>
public static class RefusalDetail
{
    /// <summary>Longest detail in bytes.</summary>
    public const int MaxBytes = 256;

    // Enough to recognise the place; escaped to four bytes each they still fit.
    private const int ExcerptBytesBefore = 16;
    private const int ExcerptBytesAfter = 24;

    /// <summary>Writes the detail of <paramref name="refusal"/>.</summary>
    /// <param name="refusal">A refusal of <paramref name="message"/>.</param>
    /// <param name="message">The message as it was given to the parser.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Write(in Refusal refusal, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        if (destination.Length < MaxBytes) throw new ArgumentException($"A detail needs {MaxBytes} bytes.", nameof(destination));
        int position = Math.Clamp(refusal.Position, 0, message.Length);
        int written = Append("byte "u8, destination, 0);
        position.TryFormat(destination[written..], out int digits, default, CultureInfo.InvariantCulture);
        written += digits;
        if (refusal.Field is { } field)
        {
            written = Append(", field "u8, destination, written);
            written += Encoding.ASCII.GetBytes(FieldTable.Definition(field).Name, destination[written..]);
        }
        int start = Math.Max(0, position - ExcerptBytesBefore);
        ReadOnlySpan<byte> excerpt = message[start..Math.Min(message.Length, position + ExcerptBytesAfter)];
        if (!excerpt.IsEmpty)
        {
            written = Append(": "u8, destination, written);
            written += PrintableText.Write(excerpt, destination[written..]);
        }
        Debug.Assert(written <= MaxBytes, "The excerpt is cut so that it fits.");
        return written;
    }

    private static int Append(ReadOnlySpan<byte> text, Span<byte> destination, int written)
    {
        text.CopyTo(destination[written..]);
        return written + text.Length;
    }
}
