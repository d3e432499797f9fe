using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Headers;

/// <summary>Decimal digits at fixed places of a text.</summary>
internal static class Digits
{
    /// <summary>
    /// The number in the two digits at <paramref name="position"/>; far below zero when one of the two is no digit, so that every range
    /// check that follows fails.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Two(ReadOnlySpan<byte> text, int position)
    {
        int tens = text[position] - '0', ones = text[position + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -1_000_000 : (tens * 10) + ones;
    }

    /// <summary>How many digits <paramref name="text"/> begins with; no more than <paramref name="most"/> are counted.</summary>
    public static int Count(ReadOnlySpan<byte> text, int most)
    {
        int count = 0;
        while (count < most && count < text.Length && char.IsAsciiDigit((char)text[count])) count++;
        return count;
    }
}
