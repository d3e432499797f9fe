using System.Buffers.Binary;
using FlowStream.Broker.Server;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Broker.Tests.Server;

public sealed class RequestFrameReaderTests
{
    private const int MaxFrameBytes = 100 * 1024 * 1024;

    private static Gen<(int[] Sizes, int[] Pieces)> Streams =>
        from sizes in Gen.NonEmptyListOf(Gen.OneOf(Gen.Choose(8, 100), Gen.Choose(15_000, 70_000), Gen.Choose(1_000_000, 1_200_000)))
        from pieces in Gen.NonEmptyListOf(Gen.OneOf(Gen.Choose(1, 10), Gen.Choose(1000, 200_000)))
        select (sizes.ToArray(), pieces.ToArray());

    [Fact]
    public void Frames_come_out_whole_however_they_come_in() => Properties.Check(
        Streams,
        input =>
        {
            var sent = input.Sizes.Select((size, index) => Filled(size, (byte)index)).ToList();
            var received = Receive([.. sent.SelectMany(Framed)], input.Pieces);
            Assert.Equal(sent.Count, received.Count);
            for (var index = 0; index < sent.Count; index++)
                Assert.True(sent[index].AsSpan().SequenceEqual(received[index]));
        },
        count: 20);

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(MaxFrameBytes + 1)]
    [InlineData(int.MaxValue)]
    public void A_length_that_no_request_has_is_seen_before_anything_else(int length)
    {
        using var frames = new RequestFrameReader(MaxFrameBytes);
        BinaryPrimitives.WriteInt32BigEndian(frames.Free().Span, length);
        frames.Received(sizeof(int));
        Assert.Equal(FrameStatus.BadLength, frames.TryTake());
        Assert.Equal(length, frames.ClaimedLength);
    }

    [Fact]
    public void A_claim_takes_no_more_memory_than_is_trusted_and_real_bytes_at_most_their_double()
    {
        using var frames = new RequestFrameReader(MaxFrameBytes);
        BinaryPrimitives.WriteInt32BigEndian(frames.Free().Span, MaxFrameBytes);
        var held = sizeof(int);
        frames.Received(held);
        while (held < 8 * 1024 * 1024)
        {
            Assert.Equal(FrameStatus.Incomplete, frames.TryTake());
            var free = frames.Free();
            // The pool rounds up to a power of two.
            Assert.InRange(frames.BufferBytes, 0, 2 * Math.Max(RequestFrameReader.TrustedBytes, 2 * held));
            frames.Received(free.Length);
            held += free.Length;
        }
    }

    [Fact]
    public void An_emptied_reader_holds_a_small_buffer()
    {
        using var frames = new RequestFrameReader(MaxFrameBytes);
        Feed(frames, Framed(Filled(1_000_000, 1)));
        Assert.Equal(FrameStatus.Complete, frames.TryTake());
        frames.Release();
        Assert.Equal(RequestFrameReader.SmallBytes, frames.BufferBytes);
    }

    private static byte[] Filled(int size, byte value)
    {
        var frame = new byte[size];
        frame.AsSpan().Fill(value);
        return frame;
    }

    private static byte[] Framed(byte[] frame)
    {
        var bytes = new byte[sizeof(int) + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, frame.Length);
        frame.CopyTo(bytes, sizeof(int));
        return bytes;
    }

    private static void Feed(RequestFrameReader frames, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            Assert.NotEqual(FrameStatus.BadLength, frames.TryTake());
            var free = frames.Free().Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            frames.Received(count);
            bytes = bytes[count..];
        }
    }

    // As a connection does: take all whole frames, then receive the next piece, of the sizes given, over and over.
    private static List<byte[]> Receive(byte[] stream, int[] pieces)
    {
        using var frames = new RequestFrameReader(MaxFrameBytes);
        var received = new List<byte[]>();
        for (int at = 0, turn = 0; ; turn++)
        {
            for (; frames.TryTake() == FrameStatus.Complete; frames.Release())
                received.Add(frames.Frame.ToArray());
            if (at == stream.Length)
                return received;
            var free = frames.Free().Span;
            Assert.False(free.IsEmpty);
            var count = Math.Min(Math.Min(free.Length, stream.Length - at), Math.Max(pieces[turn % pieces.Length], stream.Length / 2000));
            stream.AsSpan(at, count).CopyTo(free);
            frames.Received(count);
            at += count;
        }
    }
}
