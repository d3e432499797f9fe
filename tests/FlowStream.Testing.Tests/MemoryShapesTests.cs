using System.Buffers;
using System.Runtime.InteropServices;

namespace FlowStream.Testing.Tests;

public sealed class MemoryShapesTests
{
    [Fact]
    public void Every_shape_holds_the_same_bytes() =>
        Properties.Check<byte[]>(bytes => Assert.All(MemoryShapes.All(bytes), shape => Assert.Equal(bytes, shape.Sequence.ToArray())));

    [Fact]
    public void Every_pair_of_splits_holds_the_same_bytes()
    {
        byte[] bytes = [1, 2, 3, 4, 5];
        Assert.All(MemoryShapes.PairsOfSplits(bytes), shape => Assert.Equal(bytes, shape.Sequence.ToArray()));
    }

    [Fact]
    public void Splits_reach_every_index_both_ends_included()
    {
        long[] firstLengths = [.. MemoryShapes.Splits([1, 2, 3]).Select(shape => (long)Segments(shape.Sequence)[0].Length)];
        Assert.Equal([0, 1, 2, 3], firstLengths);
    }

    [Fact]
    public void Pairs_of_splits_are_all_of_them_in_order() => Assert.Equal(10, MemoryShapes.PairsOfSplits([1, 2, 3]).Distinct().Count());

    [Fact]
    public void One_byte_per_segment_has_as_many_segments_as_bytes() =>
        Assert.Equal([1, 1, 1], Segments(MemoryShapes.BytePerSegment([7, 8, 9])).Select(segment => segment.Length));

    [Fact]
    public void Prefixes_are_proper_and_exact() =>
        Assert.Equal([[], [1], [1, 2]], MemoryShapes.Prefixes([1, 2, 3]));

    [Fact]
    public void Poison_surrounds_the_data_on_both_sides()
    {
        ReadOnlyMemory<byte> memory = MemoryShapes.Poisoned([1, 2]);
        Assert.True(MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment));
        Assert.Equal([1, 2], segment.ToArray());
        Assert.All(segment.Array!.Take(segment.Offset), one => Assert.Equal(MemoryShapes.Poison, one));
        Assert.All(segment.Array!.Skip(segment.Offset + segment.Count), one => Assert.Equal(MemoryShapes.Poison, one));
        Assert.True(segment.Offset >= 64 && segment.Array!.Length - segment.Offset - segment.Count >= 64);
    }

    [Fact]
    public void An_empty_input_has_shapes_too() => Assert.All(MemoryShapes.All([]), shape => Assert.True(shape.Sequence.IsEmpty));

    private static List<ReadOnlyMemory<byte>> Segments(ReadOnlySequence<byte> sequence)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        foreach (ReadOnlyMemory<byte> segment in sequence)
            segments.Add(segment);
        return segments;
    }
}
