using System.Text;
using FlowStream.Parsing;
using FlowStream.Sessions.Table;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Sessions.Tests.Table;

public sealed class AddressPrefixTests
{
    [Fact]
    public void A_prefix_holds_what_shares_its_first_bits_and_its_family() => Properties.Check(
        from v4 in Gen.Elements(true, false)
        from network in Address(v4)
        from length in Gen.Choose(0, v4 ? 32 : 128)
        from near in Gen.Elements(true, false)
        // An address drawn at random is hardly ever inside: half of them differ from the network in one bit only.
        from bit in Gen.Choose(0, (v4 ? 32 : 128) - 1)
        from other in near ? Gen.Constant(Flip(network, v4, bit)) : Gen.OneOf(Address(true), Address(false))
        select (network, length, other),
        (input) =>
        {
            AddressPrefix prefix = Parse($"{input.network}/{input.length}");
            Assert.Equal(Holds(input.network, input.length, input.other), prefix.Contains(input.other));
            Assert.True(prefix.Contains(input.network));
        });

    [Theory]
    [InlineData("10/8", "10.255.0.1", "11.0.0.1")]
    [InlineData("192.0/16", "192.0.255.255", "192.1.0.0")]
    [InlineData("192.0.2/24", "192.0.2.7", "192.0.3.7")]
    [InlineData("192.0.2.7", "192.0.2.7", "192.0.2.6")]
    [InlineData("192.0.2.99/24", "192.0.2.1", "192.0.1.99")]
    [InlineData("0/0", "203.0.113.1", "2001:db8::1")]
    [InlineData("::/0", "2001:db8::1", "203.0.113.1")]
    [InlineData("2001:db8::1", "2001:db8::1", "2001:db8::2")]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.200", "192.0.3.1")]
    public void Forms_that_devices_take_are_read(string text, string inside, string outside)
    {
        Assert.True(Parse(text).Contains(AddressOf(inside)));
        Assert.False(Parse(text).Contains(AddressOf(outside)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/8")]
    [InlineData("10")]
    [InlineData("10/")]
    [InlineData("10./8")]
    [InlineData("10/33")]
    [InlineData("10/-1")]
    [InlineData("10/8/8")]
    [InlineData("010/8")]
    [InlineData("256/8")]
    [InlineData("::1.2/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8/32")]
    [InlineData("192.0.2.0/0000000024")]
    [InlineData("192.0.2.0/99999999999999999999")]
    [InlineData("192.0.2.0 /24")]
    [InlineData("fw1")]
    public void What_is_no_prefix_is_refused(string text) =>
        Assert.False(AddressPrefix.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Any_bytes_are_read_or_refused_and_nothing_is_thrown() => Properties.Check(
        Gen.ArrayOf(Gen.Elements((byte)'1', (byte)'9', (byte)'.', (byte)':', (byte)'/', (byte)'f', (byte)0xFF)),
        text => Assert.True(AddressPrefix.TryParse(text, out AddressPrefix prefix) || prefix == default));

    private static Gen<IpAddress> Address(bool v4) =>
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select v4 ? IpAddress.FromIPv4((uint)low * 2) : new IpAddress(0x2001_0DB8_0000_0000UL ^ (ulong)high, (ulong)low << 20);

    private static IpAddress Flip(IpAddress address, bool v4, int bit)
    {
        int at = v4 ? 96 + bit : bit;
        return at < 64
            ? address with { High = address.High ^ (1UL << (63 - at)) }
            : address with { Low = address.Low ^ (1UL << (127 - at)) };
    }

    // Bit by bit, the slow way.
    private static bool Holds(IpAddress network, int length, IpAddress address)
    {
        if (network.IsIPv4 != address.IsIPv4) return false;
        int first = network.IsIPv4 ? 96 : 0;
        for (int i = first; i < first + length; i++)
            if (Bit(network, i) != Bit(address, i)) return false;
        return true;
    }

    private static ulong Bit(IpAddress address, int bit) => ((bit < 64 ? address.High : address.Low) >> (63 - (bit % 64))) & 1;

    private static AddressPrefix Parse(string text)
    {
        Assert.True(AddressPrefix.TryParse(Encoding.ASCII.GetBytes(text), out AddressPrefix prefix), text);
        return prefix;
    }

    private static IpAddress AddressOf(string text)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out IpAddress address), text);
        return address;
    }
}
