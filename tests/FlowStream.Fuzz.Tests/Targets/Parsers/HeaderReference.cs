using System.Text;
using FlowStream.Parsing;
using FlowStream.Parsing.Headers;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// The second opinion on headers: the same body behind the plainest header there is must be the same event, whatever stood in front of it.
/// </summary>
internal static class HeaderReference
{
    private static readonly SessionEvent Plain = new();

    /// <summary>What is different behind the plain header, or null.</summary>
    public static string? Difference(byte[] message, SessionEvent read)
    {
        ReadOnlySpan<byte> trimmed = MessageTrimming.Trim(message, out _);
        if (!HeaderReader.Read(trimmed, out MessageHeader header).Accepted) return "the header is refused alone";
        ReadOnlySpan<byte> tag = trimmed.Slice(header.Tag.Offset, header.Tag.Length), body = trimmed[header.Position..];
        byte[] plain = header.Body switch
        {
            MessageBody.JunosStructured => [.. "<14>1 - - RT_FLOW - "u8, .. tag, (byte)' ', .. body],
            MessageBody.JunosSentence => [.. tag, .. ": "u8, .. body],
            MessageBody.RepeatCount => [.. "last message repeated "u8, .. body],
            _ => body.ToArray(),
        };
        // A body whose header was taken away has no tag; what it is shows in itself.
        if (tag.IsEmpty && header.Body is MessageBody.JunosStructured or MessageBody.JunosSentence) plain = body.ToArray();
        lock (Plain)
        {
            Refusal refusal = SyslogParser.Parse(plain, Plain);
            return refusal.Accepted ? Difference(read, Plain) : $"behind a plain header it is refused: {refusal}";
        }
    }

    private static string? Difference(SessionEvent read, SessionEvent plain)
    {
        if ((read.Kind, read.Tag, read.Shape) != (plain.Kind, plain.Tag, plain.Shape)) return "behind a plain header it is something else";
        foreach (Field field in Enum.GetValues<Field>())
            if (OnOneLine(read.Text(field)) != OnOneLine(plain.Text(field))) return field.ToString();
        return read.ExtraCount == plain.ExtraCount ? null : "the number of extras";
    }

    // A message that is wrapped behind its header is put on one line as a whole, values too.
    private static string OnOneLine(ReadOnlySpan<byte> text) => Encoding.Latin1.GetString(text).Replace('\n', ' ').Replace('\r', ' ');
}
