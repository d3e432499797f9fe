using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FlowStream.Broker.Log;

/// <summary>
/// The newest offset of each key in the part of a log that is to be compacted. Keys are held as the first 128 bits of their SHA-256: two
/// different keys would have to collide there for one to hide the other. Takes keys up to a number, and says up to which
/// offset it is complete.
/// </summary>
internal sealed class CompactionKeys(int maxKeys)
{
    private readonly Dictionary<UInt128, long> _newest = [];

    /// <summary>Every record below this offset is known.</summary>
    public long CompleteTo { get; private set; }

    /// <summary>Takes in a record; false when there is no room for its key, and then no later record may be added.</summary>
    public bool TryAdd(ReadOnlySpan<byte> key, long offset)
    {
        var hash = Hash(key);
        if (_newest.Count >= maxKeys && !_newest.ContainsKey(hash))
        {
            CompleteTo = offset;
            return false;
        }
        _newest[hash] = offset;
        return true;
    }

    /// <summary>All records below an offset have been added.</summary>
    public void Complete(long offset) => CompleteTo = offset;

    /// <summary>Whether no newer record with this key is known.</summary>
    public bool IsNewest(ReadOnlySpan<byte> key, long offset) => !_newest.TryGetValue(Hash(key), out long newest) || offset >= newest;

    private static UInt128 Hash(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
