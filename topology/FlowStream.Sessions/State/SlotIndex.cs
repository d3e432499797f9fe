using System.Diagnostics.CodeAnalysis;

namespace FlowStream.Sessions.State;

/// <summary>
/// Finds slots by the hash of their identity: open addressing with linear probing, at most three quarters full, and removal that closes
/// gaps, so that probes stay short without tombstones.
/// </summary>
internal sealed unsafe class SlotIndex
{
    private MemoryBlock _block;
    private (uint Hash, int Slot)* _table;
    private int _mask;

    /// <summary>Makes an empty index.</summary>
    public SlotIndex() => Allocate(1024);

    /// <summary>Number of slots in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _block.Bytes;

    /// <summary>
    /// The next slot under <paramref name="hash"/> from <paramref name="position"/> on, which moves past it; 0 when there is none.
    /// </summary>
    /// <param name="hash">The hash.</param>
    /// <param name="position">Start with <see cref="Home"/>.</param>
    public int Next(uint hash, ref int position)
    {
        while (true)
        {
            (uint found, int slot) = _table[position];
            if (slot == 0) return 0;
            position = (position + 1) & _mask;
            if (found == hash) return slot;
        }
    }

    /// <summary>Fetches the place of <paramref name="hash"/> into the cache.</summary>
    public void Prefetch(uint hash) => CacheLine.Prefetch(ref _table[Home(hash)]);

    /// <summary>The slot that the search for <paramref name="hash"/> most likely ends at, or 0.</summary>
    public int Guess(uint hash)
    {
        int position = Home(hash);
        return Next(hash, ref position);
    }

    /// <summary>Where the search for <paramref name="hash"/> begins.</summary>
    public int Home(uint hash) => (int)hash & _mask;

    /// <summary>True when <paramref name="slot"/> is there under <paramref name="hash"/>.</summary>
    public bool Contains(uint hash, int slot)
    {
        int position = Home(hash);
        while (_table[position].Slot != slot && _table[position].Slot != 0) position = (position + 1) & _mask;
        return _table[position].Slot == slot;
    }

    /// <summary>Adds a slot.</summary>
    public void Add(uint hash, int slot)
    {
        if (Count >= (_mask + 1) / 4 * 3) Grow();
        Count++;
        Place(hash, slot);
    }

    /// <summary>Puts <paramref name="slot"/> in the place of <paramref name="old"/>, or takes that out when it is 0.</summary>
    public void Replace(uint hash, int old, int slot)
    {
        int position = Home(hash);
        while (_table[position].Slot != old) position = (position + 1) & _mask;
        if (slot != 0) _table[position].Slot = slot;
        else RemoveAt(position);
    }

    private void RemoveAt(int gap)
    {
        Count--;
        for (int i = (gap + 1) & _mask; _table[i].Slot != 0; i = (i + 1) & _mask)
        {
            // An entry may move back into the gap unless its home lies after the gap on the way to where it is.
            int distanceFromHome = (i - Home(_table[i].Hash)) & _mask;
            if (distanceFromHome < ((i - gap) & _mask)) continue;
            _table[gap] = _table[i];
            gap = i;
        }
        _table[gap] = default;
    }

    private void Place(uint hash, int slot)
    {
        int position = Home(hash);
        while (_table[position].Slot != 0) position = (position + 1) & _mask;
        _table[position] = (hash, slot);
    }

    private void Grow()
    {
        MemoryBlock old = _block;
        (uint Hash, int Slot)* entries = _table;
        int count = _mask + 1;
        Allocate(count * 2);
        for (int i = 0; i < count; i++)
        {
            if (entries[i].Slot != 0) Place(entries[i].Hash, entries[i].Slot);
        }
        old.Free();
    }

    [MemberNotNull(nameof(_block))]
    private void Allocate(int entries)
    {
        _block = new MemoryBlock((long)entries * sizeof((uint, int)), largePages: true);
        _table = ((uint, int)*)_block.Address;
        _mask = entries - 1;
        new Span<(uint, int)>(_table, entries).Clear();
    }
}
