using System.Security.Cryptography;
using System.Text;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Tests;

public sealed class Sha256Tests
{
    // FIPS 180-4, examples of NIST for SHA-256.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void A_published_message_has_its_published_digest(string message, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Hash(Encoding.ASCII.GetBytes(message))));

    [Fact]
    public void Bytes_of_any_length_have_the_digest_that_the_framework_gives_them()
    {
        var random = new Random(1);
        for (int length = 0; length < 1000; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(SHA256.HashData(bytes), Hash(bytes));
        }
    }

    [Fact]
    public void A_digest_needs_its_room() => Assert.Throws<ArgumentOutOfRangeException>(() => Sha256.Hash(default, new byte[31]));

    private static byte[] Hash(byte[] bytes)
    {
        byte[] digest = new byte[SHA256.HashSizeInBytes];
        Sha256.Hash(bytes, digest);
        return digest;
    }
}
