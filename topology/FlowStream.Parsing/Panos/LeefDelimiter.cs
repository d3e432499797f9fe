using System.Buffers.Text;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// What stands between two LEEF attributes (IBM, "LEEF event components"). LEEF 2.0 says it in its header: the character itself, or its
/// code after <c>x</c> or <c>0x</c>. LEEF 1.0 says nothing and means a tab; firewalls with a LEEF 1.0 template print pipes all the same.
/// </summary>
internal static class LeefDelimiter
{
    // Up to four digits are allowed; a delimiter of more than one byte is in use nowhere.
    private const int MaxDigits = 4;

    /// <summary>Finds the delimiter.</summary>
    /// <param name="message">The message.</param>
    /// <param name="version">The header's first field.</param>
    /// <param name="position">Behind the event id; moved behind the delimiter's field where there is one.</param>
    /// <param name="delimiter">The delimiter.</param>
    public static Refusal Read(ReadOnlySpan<byte> message, TextSlice version, ref int position, out byte delimiter)
    {
        ReadOnlySpan<byte> rest = message[position..];
        delimiter = Guess(rest);
        int length = rest.IndexOf((byte)'|');
        bool isStated = length >= 0 && message.Slice(version.Offset, version.Length).SequenceEqual("LEEF:2.0"u8)
            && !rest[..length].Contains((byte)'=');
        if (!isStated) return default;
        if (length > 0 && !TryReadCharacter(rest[..length], out delimiter))
            return new Refusal(RefusalReason.MalformedExtension, position);
        position += length + 1;
        if (length == 0) delimiter = Guess(message[position..]);
        return default;
    }

    private static byte Guess(ReadOnlySpan<byte> attributes) =>
        attributes.Contains((byte)'\t') ? (byte)'\t' : attributes.Contains((byte)'|') ? (byte)'|' : (byte)' ';

    private static bool TryReadCharacter(ReadOnlySpan<byte> text, out byte character)
    {
        character = text[0];
        if (text.Length == 1) return !char.IsAsciiLetterOrDigit((char)character) && character != '=';
        if (text[0] == '0') text = text[1..];
        if (text.Length < 2 || text.Length > MaxDigits + 1 || (text[0] | 0x20) != 'x') return false;
        bool isHex = Utf8Parser.TryParse(text[1..], out uint code, out int digits, 'x') && digits == text.Length - 1;
        character = (byte)code;
        return isHex && code is > 0 and <= byte.MaxValue && !char.IsAsciiLetterOrDigit((char)character) && character != '=';
    }
}
