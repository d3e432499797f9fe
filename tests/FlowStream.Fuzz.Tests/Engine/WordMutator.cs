using System.Buffers;
using System.Globalization;
using System.Text;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>
/// Changes text by its words: swaps, repeats and removes them, and puts words of the grammar where others stood. Bytes changed at random
/// rarely get past the first check of a text format; these inputs do.
/// </summary>
internal sealed class WordMutator(Random random, IReadOnlyList<byte[]> tokens)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxStretch = 200;

    // One change in so many makes a message as long as messages get.
    private const int FloodEvery = 500;

    private static readonly byte[] Marks = " ,\"=[]:()|;/->\t\n{}<\\"u8.ToArray();
    private static readonly SearchValues<byte> EndsOfWord = SearchValues.Create(Marks);

    private static readonly string[] Numbers =
    [
        "0", "00", "1", "255", "256", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "18446744073709551616", "-1", "+1", "1.5", "1e3", "0x0", "0xffffffff", "",
    ];

    /// <summary>A changed copy of <paramref name="input"/>; words may come from <paramref name="others"/>.</summary>
    public byte[] Change(byte[] input, IReadOnlyList<byte[]> others)
    {
        if (input.Length == 0) return Token();
        if (random.Next(FloodEvery) == 0) return Flood(input);
        Range word = Word(input);
        int start = word.Start.Value, end = word.End.Value;
        switch (random.Next(8))
        {
            case 0: return [.. input[..start], .. Token(), .. input[end..]];
            case 1: return [.. input[..start], .. Token(), .. input[start..]];
            case 2: return [.. input[..start], .. input[Word(input)], .. input[end..]];
            case 3:
                byte[] other = others[random.Next(others.Count)];
                return other.Length == 0 ? input : [.. input[..start], .. other[Word(other)], .. input[end..]];
            case 4: return [.. input[..start], .. input[Math.Min(input.Length, end + 1)..]];
            case 5: return [.. input[..start], .. Stretch(input), .. input[start..]];
            case 6: return [.. input[..start], .. Number(), .. input[end..]];
            default: return WithMark(input, end);
        }
    }

    // The word at or after a random place; empty between two marks.
    private Range Word(byte[] input)
    {
        int at = random.Next(input.Length);
        int start = input.AsSpan(0, at).LastIndexOfAny(EndsOfWord) + 1;
        int length = input.AsSpan(start).IndexOfAny(EndsOfWord);
        return start..(length < 0 ? input.Length : start + length);
    }

    private byte[] Token() => tokens[random.Next(tokens.Count)];

    private byte[] Number() => Encoding.ASCII.GetBytes(
        random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.NextInt64().ToString(CultureInfo.InvariantCulture));

    private byte[] Stretch(byte[] input)
    {
        int from = Word(input).Start.Value, to = Word(input).Start.Value;
        return input[Math.Min(from, to)..Math.Min(Math.Max(from, to), Math.Min(from, to) + MaxStretch)];
    }

    private byte[] WithMark(byte[] input, int at)
    {
        if (at == input.Length) return [.. input, .. Token()];
        byte[] changed = [.. input];
        changed[at] = Marks[random.Next(Marks.Length)];
        return changed;
    }

    private byte[] Flood(byte[] input)
    {
        byte[] piece = random.Next(2) == 0 ? Token() : Stretch(input);
        int at = Word(input).Start.Value, room = Math.Max(0, MaxBytes - input.Length);
        int times = piece.Length == 0 ? 0 : random.Next(room / piece.Length + 1);
        byte[] flooded = new byte[input.Length + (times * piece.Length)];
        input.AsSpan(0, at).CopyTo(flooded);
        for (int i = 0; i < times; i++) piece.CopyTo(flooded, at + (i * piece.Length));
        input.AsSpan(at).CopyTo(flooded.AsSpan(at + (times * piece.Length)));
        return flooded;
    }
}
