using System.Text;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>Something for each of a number of devices, found by the bytes of their names.</summary>
/// <typeparam name="T">What is known of a device.</typeparam>
internal sealed class DeviceTable<T>
{
    private readonly (byte[] Name, T Value)[] _table;
    private readonly int _limit;
    private readonly ulong _hashSeed;

    /// <summary>Makes an empty table for at most <paramref name="limit"/> devices.</summary>
    /// <param name="limit">How many.</param>
    /// <param name="hashSeed">A secret, where the names come from the network.</param>
    public DeviceTable(int limit, ulong hashSeed = 0)
    {
        _limit = limit;
        _hashSeed = hashSeed;
        int size = 4;
        while (size < limit * 2) size *= 2;
        _table = new (byte[], T)[size];
    }

    /// <summary>Makes a table of <paramref name="values"/>.</summary>
    public static DeviceTable<T> Of<TText>(IReadOnlyDictionary<string, TText> values, Func<TText, T> convert)
    {
        var table = new DeviceTable<T>(values.Count);
        foreach ((string name, TText value) in values) table.TryAdd(Encoding.UTF8.GetBytes(name), convert(value));
        return table;
    }

    /// <summary>Number of devices.</summary>
    public int Count { get; private set; }

    /// <summary>Finds <paramref name="device"/>.</summary>
    public bool TryGet(ReadOnlySpan<byte> device, out T value)
    {
        value = default!;
        if (Count == 0) return false;
        (byte[] Name, T Value) entry = _table[Find(device)];
        if (entry.Name is null) return false;
        value = entry.Value;
        return true;
    }

    /// <summary>Adds a device that the table does not have; false when it is full.</summary>
    public bool TryAdd(ReadOnlySpan<byte> device, T value)
    {
        if (Count == _limit) return false;
        _table[Find(device)] = (device.ToArray(), value);
        Count++;
        return true;
    }

    // Where it is, or where it would be. At most half of the places are taken, so the search ends.
    private int Find(ReadOnlySpan<byte> device)
    {
        int position = (int)ByteHash.Of(device, _hashSeed) & (_table.Length - 1);
        while (_table[position].Name is { } name && !device.SequenceEqual(name)) position = (position + 1) & (_table.Length - 1);
        return position;
    }
}
