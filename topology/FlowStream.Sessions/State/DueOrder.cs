namespace FlowStream.Sessions.State;

/// <summary>
/// Puts sessions in the order of <see cref="SessionStore.Compare"/>. What nearly always decides, when a session began and the lower half of
/// its id, makes a number, and numbers are sorted; only those of equal numbers are compared.
/// </summary>
internal sealed class DueOrder
{
    private const int IdBits = 32;

    private readonly SessionStore _store;
    private readonly Comparison<int> _compare;
    private ulong[] _keys = new ulong[64];

    /// <summary>Makes an order of the sessions of <paramref name="store"/>.</summary>
    public DueOrder(SessionStore store)
    {
        _store = store;
        _compare = store.Compare;
    }

    /// <summary>Sorts the sessions <paramref name="ids"/>.</summary>
    public void Sort(Span<int> ids)
    {
        if (ids.Length < 2) return;
        if (ids.Length > _keys.Length) _keys = new ulong[ids.Length * 2];
        Span<ulong> keys = _keys.AsSpan(0, ids.Length);
        if (!TryMakeKeys(ids, keys))
        {
            ids.Sort(_compare);
            return;
        }
        keys.Sort(ids);
        for (int first = 0; first < ids.Length;)
        {
            int next = first + 1;
            while (next < ids.Length && keys[next] == keys[first]) next++;
            if (next - first > 1) ids[first..next].Sort(_compare);
            first = next;
        }
    }

    // Starts count from the earliest of them, in milliseconds: false when they lie further apart than a key has room for, 49 days.
    private bool TryMakeKeys(ReadOnlySpan<int> ids, Span<ulong> keys)
    {
        long earliest = long.MaxValue, latest = long.MinValue;
        for (int i = 0; i < ids.Length; i++)
        {
            long anchor = _store.Slots[ids[i]].Anchor;
            earliest = Math.Min(earliest, anchor);
            latest = Math.Max(latest, anchor);
            keys[i] = (ulong)anchor;
        }
        if ((ulong)latest - (ulong)earliest > uint.MaxValue) return false;
        for (int i = 0; i < ids.Length; i++)
            keys[i] = ((keys[i] - (ulong)earliest) << IdBits) | _store.Slots[ids[i]].Tuple.SessionId32;
        return true;
    }
}
