using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

public sealed class IpAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::")]
    [InlineData("2001:0db8:0000:0000:0000:0000:192.0.2.33", "2001:db8::c000:221")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    public void An_address_is_read_and_written_in_its_canonical_form(string text, string expected)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out IpAddress address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.00")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("192.0.2.1 ")]
    [InlineData("192.0.2.1/24")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData(":1::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("12345::")]
    [InlineData("fe80::1%eth0")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::g")]
    public void Text_that_is_no_address_is_not_read(string text) =>
        Assert.False(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Every_address_is_written_and_read_as_the_framework_does() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            byte[] bytes = new byte[random.Next(2) == 0 ? 4 : 16];
            random.NextBytes(bytes);
            for (int i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(random.Next(3) == 0 ? 255 : 0);
            if (bytes.Length == 16) bytes[0] = 0x20;
            // The framework prints ISATAP addresses (RFC 5214) with dots, which RFC 5952 keeps for prefixes that are known by themselves.
            if (bytes.Length == 16 && bytes[10] == 0x5E) bytes[10] = 0;
            var framework = new IPAddress(bytes);
            Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(framework.ToString()), out IpAddress address));
            Assert.Equal(framework.ToString(), address.ToString());
            Assert.Equal(framework.AddressFamily == AddressFamily.InterNetwork, address.IsIPv4);
        },
        count: 5_000);

    [Fact]
    public void Damaged_text_is_read_only_if_the_framework_reads_it_too() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            char[] text = new[] { "192.0.2.117", "2001:db8::1:c000:201", "::ffff:192.0.2.1" }[random.Next(3)].ToCharArray();
            for (int i = 0; i < 2; i++) text[random.Next(text.Length)] = "0123456789abcdef.:"[random.Next(18)];
            if (!IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out IpAddress address)) return;
            Assert.True(IPAddress.TryParse(text, out IPAddress? framework));
            Assert.Equal(framework.MapToIPv6().GetAddressBytes(), Bytes(address));
        },
        count: 5_000);

    [Fact]
    public void Groups_and_gaps_are_read_as_their_parts_are() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            string[] parts = ["0", "1", "ffff", "AbC", "00", "12345", "", "", "", "g", "1.2.3.4", "1.2.3"];
            int usual = random.Next(2) == 0 ? 7 : parts.Length;
            string text = string.Join(':', Enumerable.Range(0, random.Next(1, 11)).Select(_ => parts[random.Next(usual)]));
            bool read = IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out IpAddress address);
            byte[]? expected = ReferenceBytes(text);
            Assert.True(read == expected is not null, text);
            if (expected is not null) Assert.Equal(expected, Bytes(address));
        },
        count: 20_000);

    [Fact]
    public void Every_octet_is_written_in_every_place_and_no_further_than_there_is_room()
    {
        byte[] text = new byte[IpAddress.MaxTextBytes];
        for (int octet = 0; octet < 256; octet++)
        {
            for (int shift = 0; shift < 32; shift += 8)
            {
                foreach (uint others in (uint[])[0, uint.MaxValue, 0x0A63_0164])
                {
                    uint value = (others & ~(0xFFu << shift)) | ((uint)octet << shift);
                    string expected = $"{value >> 24}.{(value >> 16) & 0xFF}.{(value >> 8) & 0xFF}.{value & 0xFF}";
                    text.AsSpan().Fill(0xEE);
                    int length = IpAddress.FromIPv4(value).Format(text);
                    Assert.Equal(expected, Encoding.ASCII.GetString(text, 0, length));
                    Assert.All(text[16..], b => Assert.Equal(0xEE, b));
                }
            }
        }
    }

    [Fact]
    public void Too_little_room_is_refused() =>
        Assert.Throws<ArgumentException>(() => IpAddress.FromIPv4(1).Format(new byte[IpAddress.MaxTextBytes - 1]));

    [Fact]
    public void The_unspecified_address_is_known_in_both_families()
    {
        Assert.True(default(IpAddress).IsUnspecified);
        Assert.True(IpAddress.FromIPv4(0).IsUnspecified);
        Assert.False(IpAddress.FromIPv4(1).IsUnspecified);
    }

    // What stands before and behind the only "::" is read alone; zeros fill the rest.
    private static byte[]? ReferenceBytes(string text)
    {
        if (text.Length is 0 or > IpAddress.MaxTextBytes) return null;
        if (!text.Contains(':'))
            return IPAddress.TryParse(text, out IPAddress? v4) && text.Count(c => c == '.') == 3 ? v4.MapToIPv6().GetAddressBytes() : null;
        string[] sides = text.Split("::");
        if (sides.Length > 2) return null;
        byte[]?[] bytes = [.. sides.Select((side, i) => GroupBytes(side, i == sides.Length - 1, mayBeEmpty: sides.Length == 2))];
        if (bytes.Contains(null)) return null;
        int length = bytes.Sum(b => b!.Length);
        if (sides.Length == 1) return length == 16 ? bytes[0] : null;
        return length <= 14 ? [.. bytes[0]!, .. new byte[16 - length], .. bytes[1]!] : null;
    }

    private static byte[]? GroupBytes(string side, bool mayEndInIPv4, bool mayBeEmpty)
    {
        if (side.Length == 0) return mayBeEmpty ? [] : null;
        var bytes = new List<byte>();
        string[] groups = side.Split(':');
        for (int i = 0; i < groups.Length; i++)
        {
            if (mayEndInIPv4 && i == groups.Length - 1 && groups[i] == "1.2.3.4") bytes.AddRange([1, 2, 3, 4]);
            else if (groups[i].Length is < 1 or > 4 || !groups[i].All(char.IsAsciiHexDigit)) return null;
            else bytes.AddRange(Convert.FromHexString(groups[i].PadLeft(4, '0')));
        }
        return [.. bytes];
    }

    private static byte[] Bytes(IpAddress address)
    {
        byte[] bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), address.Low);
        return bytes;
    }
}
