using FlowStream.Parsing;
using FlowStream.Sessions.State;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class DueOrderTests
{
    private const long Anchor = JoinDriver.Epoch;

    [Fact]
    public void Sessions_come_in_the_order_of_the_comparison_however_near_their_starts_and_ids_are() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        foreach (long spread in new[] { 1, 3, 1000, uint.MaxValue, uint.MaxValue + 2L, 1L << 40 })
        {
            var store = new SessionStore(1, 4);
            for (int count = 0; count < 150; count += 1 + random.Next(10)) CheckOne(store, random, spread, count);
        }
    });

    [Fact]
    public void Starts_at_both_ends_of_the_range_are_in_order()
    {
        var store = new SessionStore(1, 4);
        int late = Add(store, long.MaxValue, 1), early = Add(store, long.MinValue, 2), between = Add(store, 0, 3);
        int[] ids = [late, between, early];
        new DueOrder(store).Sort(ids);
        Assert.Equal([early, between, late], ids);
    }

    private static void CheckOne(SessionStore store, Random random, long spread, int count)
    {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++)
            ids[i] = Add(store, Anchor - random.NextInt64(spread), random.Next(3) == 0 ? uint.MaxValue : (uint)random.Next(4), random);
        random.Shuffle(ids);
        int[] expected = [.. ids];
        Array.Sort(expected, store.Compare);
        new DueOrder(store).Sort(ids);
        Assert.Equal(expected.Length, ids.Length);
        for (int i = 0; i < count; i++) Assert.Equal(0, store.Compare(expected[i], ids[i]));
    }

    private static int Add(SessionStore store, long anchor, long sessionId, Random? random = null)
    {
        uint client = (uint)(random?.Next(3) ?? 0);
        var tuple = new FlowTuple(
            sessionId | ((long)client << 40), IpAddress.FromIPv4(client), IpAddress.FromIPv4(1), (ushort)(random?.Next(3) ?? 0), 443, 6);
        byte[] device = [(byte)('a' + (random?.Next(3) ?? 0))];
        var identity = new SessionIdentity(device, [], tuple);
        return store.Add(identity, store.Hash(identity), 0, anchor);
    }
}
