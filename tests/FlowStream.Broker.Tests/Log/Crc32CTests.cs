using System.Text;
using FlowStream.Broker.Log;

namespace FlowStream.Broker.Tests.Log;

public sealed class Crc32CTests
{
    /// <summary>RFC 3720 appendix B.4, and the check value of the CRC catalogues.</summary>
    public static TheoryData<byte[], uint> KnownValues => new()
    {
        { [], 0 },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xff, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
    };

    [Theory]
    [MemberData(nameof(KnownValues))]
    public void The_known_values_come_out(byte[] bytes, uint expected) => Assert.Equal(expected, Crc32C.Compute(bytes));

    [Fact]
    public void Every_length_and_alignment_equals_the_bit_by_bit_definition()
    {
        byte[] bytes = new byte[100];
        new Random(5).NextBytes(bytes);
        for (int start = 0; start < 9; start++)
        {
            for (int length = 0; length <= bytes.Length - start; length++)
                Assert.Equal(BitByBit(bytes.AsSpan(start, length)), Crc32C.Compute(bytes.AsSpan(start, length)));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
