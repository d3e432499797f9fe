using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace FlowStream.Bandwidth;

/// <summary>
/// Numbers byte keys in the order in which they come: open addressing over spans, the bytes of all keys in one array. Allocates only while
/// it grows; clearing keeps the memory.
/// </summary>
internal sealed class KeyTable
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    // Secret per process, so that nobody can send keys that all meet in one bucket. It never shows in what is stored or sent.
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private int[] _buckets = new int[256];
    private (int Offset, int Length, uint Hash)[] _keys = new (int, int, uint)[128];
    private byte[] _bytes = new byte[4096];
    private int _used;

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => (_buckets.Length * 4L) + (_keys.Length * 12L) + _bytes.Length;

    /// <summary>The bytes of key <paramref name="number"/>.</summary>
    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_keys[number].Offset, _keys[number].Length);

    /// <summary>The number of <paramref name="key"/>, which is <see cref="Count"/> before the call when it was not there.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key)
    {
        uint hash = Hash(key);
        uint mask = (uint)_buckets.Length - 1;
        for (uint bucket = hash & mask; ; bucket = (bucket + 1) & mask)
        {
            int number = _buckets[bucket] - 1;
            if (number < 0) return Add(key, hash, bucket);
            if (_keys[number].Hash == hash && this[number].SequenceEqual(key)) return number;
        }
    }

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        Count = 0;
        _used = 0;
    }

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        ulong hash = Seed ^ (ulong)key.Length;
        while (key.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key));
            key = key[8..];
        }
        ulong rest = 0;
        foreach (byte b in key) rest = (rest << 8) | b;
        hash = Mix(hash ^ rest);
        return (uint)(hash >> 32);
    }

    // Both halves of the 128-bit product, so that every bit of the input reaches every bit of the result.
    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value ^ Seed, Multiplier, out ulong low);
        return BitOperations.RotateLeft(high, 29) ^ low;
    }

    private int Add(ReadOnlySpan<byte> key, uint hash, uint bucket)
    {
        if (Count == _keys.Length) Array.Resize(ref _keys, Count * 2);
        if (_bytes.Length - _used < key.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + key.Length));
        key.CopyTo(_bytes.AsSpan(_used));
        _keys[Count] = (_used, key.Length, hash);
        _used += key.Length;
        _buckets[bucket] = ++Count;
        if (Count * 2 > _buckets.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        uint mask = (uint)_buckets.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            uint bucket = _keys[number].Hash & mask;
            while (_buckets[bucket] != 0) bucket = (bucket + 1) & mask;
            _buckets[bucket] = number + 1;
        }
    }
}
