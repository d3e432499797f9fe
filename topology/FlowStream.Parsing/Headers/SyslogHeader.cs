using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// The header of RFC 5424 section 6.2 in front of structured data: <c>&lt;PRI&gt;1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID [</c>. An empty
/// HOSTNAME between two blanks, which some releases print, is read as none.
/// </summary>
internal static class SyslogHeader
{
    // PRI is at most three digits, 191 the highest (RFC 5424 section 6.2.1).
    private const int MaxPriDigits = 3;
    private const int MaxPri = 191;

    /// <summary>Reads the header of <paramref name="message"/>.</summary>
    /// <returns>False when it is of another form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        header = default;
        int position = PriorityBytes(message);
        if (position == 0 || !message[position..].StartsWith("1 "u8)) return false;
        position += 2;
        TextSlice timestamp = Token(message, ref position);
        ReadOnlySpan<byte> stamp = message.Slice(timestamp.Offset, timestamp.Length);
        DeviceTime? time = null;
        if (!IsNil(message, timestamp))
        {
            if (!TimestampReader.TryRead(stamp, out DeviceTime read)) return false;
            time = read;
        }
        if (!TryReadTokens(message, ref position, out TextSlice host, out TextSlice messageId))
        {
            host = Token(message, ref position);
            Token(message, ref position);
            Token(message, ref position);
            messageId = Token(message, ref position);
        }
        if ((uint)position >= (uint)message.Length || message[position] != '[' || !IsTag(message, messageId)) return false;
        // Set where it is: it need not be copied.
        header.Time = time;
        header.Host = IsNil(message, host) ? new TextSlice(host.Offset, 0) : host;
        header.Tag = messageId;
        header.Body = MessageBody.JunosStructured;
        header.Position = position;
        if (TimestampReader.HasShortOffset(stamp)) header.Repairs = Repair.Timestamp;
        return true;
    }

    /// <summary>Length of the PRI in angle brackets at the start of <paramref name="text"/>; 0 when there is none.</summary>
    public static int PriorityBytes(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '<') return 0;
        int i = 1, pri = 0;
        while (i < text.Length && i <= MaxPriDigits && char.IsAsciiDigit((char)text[i])) pri = (pri * 10) + text[i++] - '0';
        return i > 1 && pri <= MaxPri && i < text.Length && text[i] == '>' ? i + 1 : 0;
    }

    // HOSTNAME, APP-NAME, PROCID and MSGID, where they end, each with a blank, in the block that begins with them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadTokens(ReadOnlySpan<byte> message, ref int position, out TextSlice host, out TextSlice messageId)
    {
        host = messageId = default;
        int start = position;
        if (message.Length - start < ByteMask.BlockBytes) return false;
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(message), start);
        ulong ends = EndsIn(ref first) | ((ulong)EndsIn(ref Unsafe.Add(ref first, Vector256<byte>.Count)) << Vector256<byte>.Count);
        int hostLength = BitOperations.TrailingZeroCount(ends);
        ulong others = ends & (ends - 1), lastOnes = others & (others - 1), last = lastOnes & (lastOnes - 1);
        if (last == 0) return false;
        int second = BitOperations.TrailingZeroCount(others), third = BitOperations.TrailingZeroCount(lastOnes);
        int end = BitOperations.TrailingZeroCount(last);
        if (Unsafe.Add(ref first, hostLength) != ' ' || Unsafe.Add(ref first, second) != ' ') return false;
        if (Unsafe.Add(ref first, third) != ' ' || Unsafe.Add(ref first, end) != ' ') return false;
        host = new TextSlice(start, hostLength);
        messageId = new TextSlice(start + third + 1, end - third - 1);
        position = start + end + 1;
        return true;
    }

    // A bit for each byte of a block of 32 that ends a token.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint EndsIn(ref byte block) =>
        Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref block), Vector256.Create((byte)' ')).ExtractMostSignificantBits();

    // Leaves the position behind the blank that ends the token. Line breaks are left to the scanner.
    private static TextSlice Token(ReadOnlySpan<byte> message, ref int position)
    {
        int start = position, end = EndOfToken(message, start);
        position = end < message.Length && message[end] == ' ' ? end + 1 : end + message.Length;
        return new TextSlice(start, end - start);
    }

    // Most tokens end in the block that begins with them.
    private static int EndOfToken(ReadOnlySpan<byte> message, int start)
    {
        int end = start;
        if (message.Length - start >= Vector256<byte>.Count)
        {
            uint ends = EndsIn(ref Unsafe.Add(ref MemoryMarshal.GetReference(message), start));
            if (ends != 0) return start + BitOperations.TrailingZeroCount(ends);
            end += Vector256<byte>.Count;
        }
        while (end < message.Length && message[end] > ' ') end++;
        return end;
    }

    // Some relays put a colon behind the tag; the scanner takes it off.
    private static bool IsTag(ReadOnlySpan<byte> message, TextSlice messageId) =>
        messageId.Length > 1 && message[messageId.Offset + messageId.Length - 1] != ':';

    private static bool IsNil(ReadOnlySpan<byte> message, TextSlice token) => token.Length == 1 && message[token.Offset] == '-';
}
