using FlowStream.Sessions.State;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class RowBufferTests
{
    [Fact]
    public void Numbers_of_every_length_are_written_as_a_loop_would_wherever_they_stand()
    {
        for (int before = 0; before < 40; before++)
        {
            foreach (ulong number in Numbers())
            {
                var row = new RowBuffer();
                for (int i = 0; i < before; i++) row.WriteByte((byte)i);
                row.WriteNumber(number);
                row.WriteSigned((long)number);
                ref byte room = ref row.Room((2 * RowBuffer.MaxNumberBytes) + 1);
                room = 7;
                row.Advance(RowBuffer.Signed(ref room, RowBuffer.Number(ref room, 1, number), (long)number));
                byte[] numbers = [.. Plain(number), .. Plain(ZigZag((long)number))];
                Assert.Equal([.. Enumerable.Range(0, before).Select(i => (byte)i), .. numbers, 7, .. numbers], row.Written.ToArray());
            }
        }
    }

    [Fact]
    public void Bytes_follow_their_length_across_every_growth() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var row = new RowBuffer();
        var expected = new List<byte>();
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            ulong number = (ulong)random.NextInt64() >> random.Next(64);
            row.WriteBytes(bytes);
            row.WriteBytes(number, bytes);
            expected.AddRange([.. Plain((ulong)length), .. bytes, .. Plain(number), .. Plain((ulong)length), .. bytes]);
            Assert.Equal(expected.Count, row.Length);
        }
        Assert.Equal(expected.ToArray(), row.Written.ToArray());
    });

    [Fact]
    public void A_string_of_a_store_is_written_once_per_scope() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var blobs = new BlobStore(seed: 1);
        int[] ids = [.. Enumerable.Range(0, 600).Select(i => blobs.Intern(BitConverter.GetBytes(i).AsSpan(0, 1 + (i >> 8))))];
        var references = new BlobReferences(blobs);
        for (int scope = 0; scope < 20; scope++)
        {
            references.Begin();
            var row = new RowBuffer();
            var expected = new List<byte>();
            var written = new List<int>();
            for (int step = 0; step < 400; step++)
            {
                int id = random.Next(4) == 0 ? 0 : ids[random.Next(ids.Length)];
                references.Write(row, id);
                int known = written.IndexOf(id) + 1;
                if (id != 0 && known == 0) written.Add(id);
                bool added = id != 0 && known == 0;
                expected.AddRange(Plain((ulong)(added ? written.Count : known)));
                if (added) expected.AddRange([.. Plain((ulong)blobs[id].Length), .. blobs[id]]);
            }
            Assert.Equal(expected.ToArray(), row.Written.ToArray());
        }
    });

    private static IEnumerable<ulong> Numbers()
    {
        for (int bit = 0; bit < 64; bit++)
        {
            ulong power = 1UL << bit;
            foreach (ulong number in (ulong[])[power - 1, power, power + 1, ~power, ulong.MaxValue - power]) yield return number;
        }
    }

    private static ulong ZigZag(long number) => number < 0 ? (2 * (ulong)~number) + 1 : 2 * (ulong)number;

    private static byte[] Plain(ulong number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7) bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
        return [.. bytes];
    }
}
