namespace FlowStream.Sessions.State;

/// <summary>
/// Translated addresses of messages, counted by reference. Unlike texts they are rarely those of another session, so they are shared
/// within a session and not looked up in any table. Number 0 is none and needs no counting; those with IPv6 addresses, which take more
/// room, have numbers below it.
/// </summary>
internal sealed class NatStore
{
    private readonly PagedArray<NatEntry> _entries = new();
    private readonly PagedArray<WideNatEntry> _wide = new();

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _entries.MemoryBytes + _wide.MemoryBytes;

    /// <summary>The addresses of <paramref name="id"/>, which has a holder.</summary>
    public NatAddresses this[int id] => id > 0 ? _entries[id].Addresses : _wide[-id].Addresses;

    /// <summary>Fetches <paramref name="id"/> into the cache; nothing for 0.</summary>
    public void Prefetch(int id)
    {
        if (id >= 0) _entries.Prefetch(id);
        else _wide.Prefetch(-id);
    }

    /// <summary>Keeps <paramref name="addresses"/>, with one reference; 0 when they are none.</summary>
    public int Add(in NatAddresses addresses)
    {
        if (addresses.Present == NatFields.None) return 0;
        if (NatEntry.Holds(addresses))
        {
            int id = _entries.Rent();
            _entries[id] = new NatEntry(addresses);
            return id;
        }
        int wide = _wide.Rent();
        _wide[wide] = new WideNatEntry { Addresses = addresses, References = 1 };
        return -wide;
    }

    /// <summary>One more holder of <paramref name="id"/>.</summary>
    public void AddReference(int id)
    {
        if (id != 0) References(id)++;
    }

    /// <summary>One holder of <paramref name="id"/> less; the last one frees it.</summary>
    public void Release(int id)
    {
        if (id == 0 || --References(id) > 0) return;
        if (id > 0) _entries.Return(id);
        else _wide.Return(-id);
    }

    private ref int References(int id) => ref id > 0 ? ref _entries[id].References : ref _wide[-id].References;
}
