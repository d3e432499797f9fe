using FlowStream.Parsing;
using FlowStream.Sessions.State;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class NatStoreTests
{
    [Fact]
    public void Addresses_of_both_versions_come_back_as_they_were_added() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var store = new NatStore();
        var held = new Dictionary<int, NatAddresses>();
        for (int step = 0; step < 2000; step++)
        {
            if (held.Count > 0 && random.Next(3) == 0) Release(store, held, held.Keys.ElementAt(random.Next(held.Count)));
            NatAddresses addresses = Any(random);
            int id = store.Add(addresses);
            Assert.Equal(addresses.Present == NatFields.None, id == 0);
            if (id != 0) Assert.True(held.TryAdd(id, addresses), "A number that is in use was handed out.");
            foreach ((int known, NatAddresses expected) in held) Assert.Equal(expected, store[known]);
        }
    });

    [Fact]
    public void Addresses_are_held_until_their_last_holder_lets_go()
    {
        var store = new NatStore();
        foreach (IpAddress address in new[] { IpAddress.FromIPv4(0xC000_0201), new IpAddress(0x2001_0DB8_0000_0000, 1) })
        {
            var addresses = new NatAddresses(address, default, 1024, 0, NatFields.SourceAddress | NatFields.SourcePort);
            int id = store.Add(addresses);
            store.AddReference(id);
            store.Release(id);
            Assert.NotEqual(id, store.Add(addresses));
            Assert.Equal(addresses, store[id]);
            store.Release(id);
            Assert.Equal(id, store.Add(addresses));
        }
    }

    private static void Release(NatStore store, Dictionary<int, NatAddresses> held, int id)
    {
        store.Release(id);
        held.Remove(id);
    }

    private static NatAddresses Any(Random random)
    {
        var present = (NatFields)random.Next((int)NatFields.All + 1);
        return new NatAddresses(
            (present & NatFields.SourceAddress) == 0 ? default : AnyAddress(random),
            (present & NatFields.DestinationAddress) == 0 ? default : AnyAddress(random),
            (ushort)((present & NatFields.SourcePort) == 0 ? 0 : random.Next(65_536)),
            (ushort)((present & NatFields.DestinationPort) == 0 ? 0 : random.Next(65_536)),
            present);
    }

    private static IpAddress AnyAddress(Random random) => random.Next(4) == 0
        ? new IpAddress((ulong)random.NextInt64(), (ulong)random.NextInt64())
        : IpAddress.FromIPv4((uint)random.NextInt64(1L << 32));
}
