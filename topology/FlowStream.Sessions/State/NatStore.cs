namespace FlowStream.Sessions.State;

/// <summary>
/// Translated addresses of messages, counted by reference. Unlike texts they are rarely those of another session, so they are shared
/// within a session and not looked up in any table. Number 0 is none and needs no counting.
/// </summary>
internal sealed class NatStore
{
    private readonly PagedArray<NatEntry> _entries = new();

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _entries.MemoryBytes;

    /// <summary>The addresses of <paramref name="id"/>; valid while it has a holder.</summary>
    public ref readonly NatAddresses this[int id] => ref _entries[id].Addresses;

    /// <summary>Fetches <paramref name="id"/> into the cache; nothing for 0.</summary>
    public void Prefetch(int id) => _entries.Prefetch(id);

    /// <summary>Keeps <paramref name="addresses"/>, with one reference; 0 when they are none.</summary>
    public int Add(in NatAddresses addresses)
    {
        if (addresses.Present == NatFields.None) return 0;
        int id = _entries.Rent();
        _entries[id] = new NatEntry { Addresses = addresses, References = 1 };
        return id;
    }

    /// <summary>One more holder of <paramref name="id"/>.</summary>
    public void AddReference(int id)
    {
        if (id != 0) _entries[id].References++;
    }

    /// <summary>One holder of <paramref name="id"/> less; the last one frees it.</summary>
    public void Release(int id)
    {
        if (id != 0 && --_entries[id].References == 0) _entries.Return(id);
    }
}
