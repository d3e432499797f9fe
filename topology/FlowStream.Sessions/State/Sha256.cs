using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Sessions.State;

/// <summary>
/// SHA-256 (FIPS 180-4) of short texts. A session key is two blocks; the library's way to them costs more than they do.
/// </summary>
internal sealed class Sha256
{
    private const int BlockBytes = 64;
    private const int LengthBytes = 8;
    private const int Rounds = 64;

    // FIPS 180-4 section 4.2.2: the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] K =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    // Section 5.3.3: the fractional parts of the square roots of the first 8 primes.
    private static readonly uint[] Initial =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private readonly uint[] _schedule = new uint[Rounds];
    private readonly uint[] _state = new uint[8];
    private readonly byte[] _last = new byte[2 * BlockBytes];

    /// <summary>The first 128 bits of the hash of <paramref name="data"/>.</summary>
    public (ulong High, ulong Low) First128(ReadOnlySpan<byte> data)
    {
        Initial.CopyTo(_state, 0);
        long bits = data.Length * 8L;
        for (; data.Length >= BlockBytes; data = data[BlockBytes..]) Compress(data);
        // Section 5.1.1: a one, zeros, the length in bits, up to whole blocks.
        int length = data.Length + 1 + LengthBytes > BlockBytes ? 2 * BlockBytes : BlockBytes;
        Span<byte> last = _last.AsSpan(0, length);
        data.CopyTo(last);
        last[data.Length..].Clear();
        last[data.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(last[^LengthBytes..], bits);
        for (int at = 0; at < length; at += BlockBytes) Compress(last[at..]);
        return (((ulong)_state[0] << 32) | _state[1], ((ulong)_state[2] << 32) | _state[3]);
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        uint[] w = _schedule;
        for (int i = 0; i < 16; i++) w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (int i = 16; i < Rounds; i++)
        {
            uint far = w[i - 15], near = w[i - 2];
            uint s0 = BitOperations.RotateRight(far, 7) ^ BitOperations.RotateRight(far, 18) ^ (far >> 3);
            uint s1 = BitOperations.RotateRight(near, 17) ^ BitOperations.RotateRight(near, 19) ^ (near >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        uint[] state = _state, k = K;
        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        // Eight rounds a turn, each with the names moved on by one, so that nothing is copied.
        for (int i = 0; i < Rounds; i += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, w[i] + k[i]);
            Round(h, a, b, ref c, d, e, f, ref g, w[i + 1] + k[i + 1]);
            Round(g, h, a, ref b, c, d, e, ref f, w[i + 2] + k[i + 2]);
            Round(f, g, h, ref a, b, c, d, ref e, w[i + 3] + k[i + 3]);
            Round(e, f, g, ref h, a, b, c, ref d, w[i + 4] + k[i + 4]);
            Round(d, e, f, ref g, h, a, b, ref c, w[i + 5] + k[i + 5]);
            Round(c, d, e, ref f, g, h, a, ref b, w[i + 6] + k[i + 6]);
            Round(b, c, d, ref e, f, g, h, ref a, w[i + 7] + k[i + 7]);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint word)
    {
        uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
        uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
        uint first = h + s1 + (g ^ (e & (f ^ g))) + word;
        d += first;
        h = first + s0 + ((a & b) | (c & (a | b)));
    }
}
