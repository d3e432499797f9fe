using System.Buffers.Binary;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>Makes new inputs of old ones: the changes that decoders get wrong, several at once.</summary>
/// <param name="random">Draws all changes.</param>
/// <param name="tokens">Words and marks of the grammar; empty for inputs that are not text.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> tokens)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxChanges = 4;

    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], "\""u8.ToArray(), "\\"u8.ToArray(), "]"u8.ToArray(), " "u8.ToArray(),
        "\n"u8.ToArray(), "="u8.ToArray(), "<14>"u8.ToArray(), "18446744073709551616"u8.ToArray(), "-1"u8.ToArray(), "::"u8.ToArray(),
    ];

    private readonly WordMutator? _words = tokens.Count > 0 ? new WordMutator(random, tokens) : null;

    /// <summary>A changed copy of one of <paramref name="seeds"/>, or once in a while bytes that are like none of them.</summary>
    public byte[] Next(IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(20) == 0) return Noise(random.Next(300));
        byte[] input = seeds[random.Next(seeds.Count)];
        for (int changes = random.Next(1, MaxChanges + 1); changes > 0; changes--)
            input = _words is not null && random.Next(4) > 0 ? _words.Change(input, seeds) : Change(input, seeds);
        return input.Length <= MaxBytes ? input : input[..MaxBytes];
    }

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> seeds)
    {
        int at = random.Next(input.Length + 1);
        int length = random.Next(Math.Min(16, input.Length - at) + 1);
        switch (random.Next(8))
        {
            case 0: return input[..at];
            case 1: return [.. input[..at], .. input[(at + length)..]];
            case 2: return [.. input[..at], .. Noise(random.Next(1, 9)), .. input[at..]];
            case 3: return [.. input[..(at + length)], .. input[at..]];
            case 4: return [.. input[..at], .. Tokens[random.Next(Tokens.Length)], .. input[(at + length)..]];
            case 5:
                byte[] other = seeds[random.Next(seeds.Count)];
                return [.. input[..at], .. other[random.Next(other.Length + 1)..]];
            case 6: return WithNumber(input, at);
            default: return WithBit(input, at);
        }
    }

    // Lengths and counts are four bytes, most significant first, in all of Kafka.
    private byte[] WithNumber(byte[] input, int at)
    {
        if (input.Length - at < sizeof(int)) return WithBit(input, at);
        byte[] changed = [.. input];
        int number = random.Next(4) switch
        {
            0 => int.MaxValue,
            1 => -random.Next(3),
            2 => random.Next(100_000),
            _ => 1 << random.Next(31),
        };
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(at), number);
        return changed;
    }

    private byte[] WithBit(byte[] input, int at)
    {
        if (at == input.Length) return [.. input, (byte)random.Next(256)];
        byte[] changed = [.. input];
        changed[at] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
