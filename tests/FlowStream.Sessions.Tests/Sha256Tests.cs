using System.Buffers.Binary;
using System.Security.Cryptography;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Tests;

public sealed class Sha256Tests
{
    [Fact]
    public void The_hash_of_every_length_up_to_five_blocks_is_the_library_s()
    {
        var hash = new Sha256();
        byte[] data = RandomNumberGenerator.GetBytes(5 * 64);
        for (int length = 0; length <= data.Length; length++)
        {
            (ulong high, ulong low) = hash.First128(data.AsSpan(0, length));
            byte[] expected = SHA256.HashData(data.AsSpan(0, length));
            Assert.True(
                high == BinaryPrimitives.ReadUInt64BigEndian(expected) && low == BinaryPrimitives.ReadUInt64BigEndian(expected.AsSpan(8)),
                Convert.ToHexString(data, 0, length));
        }
    }
}
