using System.Buffers;
using System.Globalization;

namespace FlowStream.Testing;

/// <summary>
/// Lays bytes out in every shape that a decoder may meet: cut short at each index, split over segments at each index, one byte per
/// segment, and inside a larger buffer whose other bytes would be noticed if they were read.
/// </summary>
public static class MemoryShapes
{
    /// <summary>
    /// The byte around the data in <see cref="Poisoned"/>: no digit, letter, separator or line end in any format read here.
    /// </summary>
    public const byte Poison = 0xA5;

    // More than one cache line before and after, so that vectorised code that overreads is caught too.
    private const int PoisonLength = 96;

    /// <summary>Every proper prefix, shortest first, each in an array of exactly its own length.</summary>
    /// <param name="bytes">The whole.</param>
    /// <returns>Prefixes of length 0 to <c>bytes.Length - 1</c>.</returns>
    public static IEnumerable<byte[]> Prefixes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Enumerable.Range(0, bytes.Length).Select(length => bytes[..length]);
    }

    /// <summary>The bytes in every shape: whole, poisoned, one byte per segment, and split in two at each index.</summary>
    /// <param name="bytes">The bytes to lay out; they are copied.</param>
    /// <returns>Shapes that all hold the same bytes.</returns>
    public static IEnumerable<MemoryShape> All(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        yield return new MemoryShape("whole", new ReadOnlySequence<byte>((byte[])bytes.Clone()));
        yield return new MemoryShape("poison around", new ReadOnlySequence<byte>(Poisoned(bytes)));
        yield return new MemoryShape("one byte per segment", BytePerSegment(bytes));
        foreach (MemoryShape split in Splits(bytes))
            yield return split;
    }

    /// <summary>The bytes in two segments, split at each index; either segment may be empty. Each segment has poison around it.</summary>
    /// <param name="bytes">The bytes to lay out; they are copied.</param>
    /// <returns><c>bytes.Length + 1</c> shapes.</returns>
    public static IEnumerable<MemoryShape> Splits(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Enumerable.Range(0, bytes.Length + 1).Select(index =>
            new MemoryShape(string.Create(CultureInfo.InvariantCulture, $"split at {index}"), Segments(bytes[..index], bytes[index..])));
    }

    /// <summary>
    /// The bytes in three segments, split at each pair of indexes. Grows with the square of the length: for short inputs.
    /// </summary>
    /// <param name="bytes">The bytes to lay out; they are copied.</param>
    /// <returns>One shape for each pair of indexes in order.</returns>
    public static IEnumerable<MemoryShape> PairsOfSplits(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"split at {first} and {second}");
                yield return new MemoryShape(name, Segments(bytes[..first], bytes[first..second], bytes[second..]));
            }
        }
    }

    /// <summary>The bytes with each in a segment of its own.</summary>
    /// <param name="bytes">The bytes to lay out; they are copied.</param>
    /// <returns>A sequence of <c>bytes.Length</c> segments.</returns>
    public static ReadOnlySequence<byte> BytePerSegment(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Segments([.. bytes.Select(one => new[] { one })]);
    }

    /// <summary>The bytes in the middle of a larger array that is filled with <see cref="Poison"/>.</summary>
    /// <param name="bytes">The bytes to lay out; they are copied.</param>
    /// <returns>Memory over the copy; <c>MemoryMarshal</c> would reach the poison, an honest reader cannot.</returns>
    public static ReadOnlyMemory<byte> Poisoned(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var buffer = new byte[bytes.Length + (2 * PoisonLength)];
        buffer.AsSpan().Fill(Poison);
        bytes.CopyTo(buffer, PoisonLength);
        return buffer.AsMemory(PoisonLength, bytes.Length);
    }

    /// <summary>A sequence of the given segments, each copied into a poisoned buffer of its own.</summary>
    /// <param name="segments">The segments in order; empty ones are kept.</param>
    /// <returns>The sequence; empty when there are no segments.</returns>
    public static ReadOnlySequence<byte> Segments(params byte[][] segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        if (segments.Length == 0)
            return ReadOnlySequence<byte>.Empty;
        var first = new MemorySegment(Poisoned(segments[0]), runningIndex: 0);
        MemorySegment last = first;
        foreach (byte[] segment in segments.AsSpan(1))
            last = last.Append(Poisoned(segment));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
