using System.Buffers.Binary;
using FlowStream.Schemas;
using FlowStream.Sessions.State;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class ExtrasMergeTests
{
    [Fact]
    public void Keys_come_in_the_order_of_their_bytes_each_with_the_first_value_of_the_first_message_that_has_it() =>
        Properties.WithSeed(seed =>
        {
            var random = new Random((int)seed);
            for (int round = 0; round < 2000; round++)
            {
                int[][] messages = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Draw(random))];
                CheckOne(messages.Select(lengths => Pairs(random, lengths)).ToArray());
            }
        });

    private static void CheckOne((byte[] Key, byte[] Value)[][] messages)
    {
        var store = new BlobStore(1);
        var merge = new ExtrasMerge(store, Math.Max(1, messages.Length));
        merge.Clear();
        foreach ((byte[], byte[])[] pairs in messages) merge.Add(ExtrasBlob.Intern(store, Blob(pairs)));
        var map = new AvroMap();
        merge.WriteTo(map);
        (string Key, string Value)[] expected =
        [
            .. messages.SelectMany(pairs => pairs)
                .Select(pair => (Key: Convert.ToHexString(pair.Key), Value: Convert.ToHexString(pair.Value)))
                .DistinctBy(pair => pair.Key)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal),
        ];
        List<(string Key, string Value)> merged = [];
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in map.Entries)
            merged.Add((Convert.ToHexString(entry.Key.Span), Convert.ToHexString(entry.Value.Span)));
        Assert.Equal(expected, merged);
    }

    private static int[] Draw(Random random) => [.. Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(14))];

    // Few byte values, among them the ends of the range, so that keys are equal, or begin alike, or are the beginnings of others.
    private static (byte[] Key, byte[] Value)[] Pairs(Random random, int[] lengths)
    {
        byte[] values = [0, (byte)'a', (byte)'a', (byte)'a', (byte)'a', 0x7F, 0x80, 0xFF];
        return
        [
            .. lengths.Select(length =>
            {
                byte[] key = new byte[length];
                for (int i = 0; i < length; i++) key[i] = i < 6 ? (byte)'a' : values[random.Next(values.Length)];
                return (key, BitConverter.GetBytes(random.Next()));
            }),
        ];
    }

    private static byte[] Blob((byte[] Key, byte[] Value)[] pairs)
    {
        if (pairs.Length == 0) return [];
        List<byte> blob = [(byte)pairs.Length];
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach ((byte[] key, byte[] value) in pairs)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)value.Length);
            blob.Add((byte)key.Length);
            blob.AddRange(length);
            blob.AddRange(key);
            blob.AddRange(value);
        }
        return [.. blob];
    }
}
