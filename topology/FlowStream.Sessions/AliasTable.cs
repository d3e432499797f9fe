using System.Text;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>Maps device names to the names they are joined under, by their bytes.</summary>
internal sealed class AliasTable
{
    private readonly (byte[] Name, byte[] Alias)[] _table;

    /// <summary>Makes a table of <paramref name="aliases"/>.</summary>
    public AliasTable(IReadOnlyDictionary<string, string> aliases)
    {
        int size = 4;
        while (size < aliases.Count * 2) size *= 2;
        _table = new (byte[], byte[])[size];
        foreach ((string name, string alias) in aliases)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            int position = Home(bytes);
            while (_table[position].Name is not null) position = (position + 1) & (size - 1);
            _table[position] = (bytes, Encoding.UTF8.GetBytes(alias));
        }
        IsEmpty = aliases.Count == 0;
    }

    private bool IsEmpty { get; }

    /// <summary>The alias of <paramref name="device"/>, or itself.</summary>
    public ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> device)
    {
        if (IsEmpty) return device;
        for (int position = Home(device); _table[position].Name is { } name; position = (position + 1) & (_table.Length - 1))
        {
            if (device.SequenceEqual(name)) return _table[position].Alias;
        }
        return device;
    }

    // The names come from the operator's configuration, so the hash needs no secret.
    private int Home(ReadOnlySpan<byte> name) => (int)ByteHash.Of(name, 0) & (_table.Length - 1);
}
