namespace FlowStream.Schemas;

/// <summary>
/// An Avro map of text to text that is filled again and again and allocates nothing once it has grown. Entries keep the order in which
/// they were added, and are written in it; <see cref="Sort"/> makes the bytes independent of that order.
/// </summary>
public sealed class AvroMap : IEquatable<AvroMap>
{
    private KeyValuePair<Utf8Text, Utf8Text>[] _entries = [];

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Entry <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public KeyValuePair<Utf8Text, Utf8Text> this[int index] =>
        (uint)index < (uint)Count ? _entries[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The entries; valid until the next change.</summary>
    public ReadOnlySpan<KeyValuePair<Utf8Text, Utf8Text>> Entries => _entries.AsSpan(0, Count);

    /// <summary>Appends an entry without looking for its key: the caller sees to it that keys differ, as Avro wants.</summary>
    public void Add(Utf8Text key, Utf8Text value)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Math.Max(4, Count * 2));
        _entries[Count++] = new KeyValuePair<Utf8Text, Utf8Text>(key, value);
    }

    /// <summary>Replaces the value of <paramref name="key"/>, or appends it. Looks through all entries.</summary>
    public void Set(Utf8Text key, Utf8Text value)
    {
        int index = IndexOf(key.Span);
        if (index < 0) Add(key, value);
        else _entries[index] = new KeyValuePair<Utf8Text, Utf8Text>(key, value);
    }

    /// <summary>Removes <paramref name="key"/> if it is there; the entries after it keep their order. Looks through all entries.</summary>
    public void Remove(ReadOnlySpan<byte> key)
    {
        int index = IndexOf(key);
        if (index < 0) return;
        _entries.AsSpan(index + 1, Count - index - 1).CopyTo(_entries.AsSpan(index));
        Count--;
    }

    /// <summary>Finds the value of <paramref name="key"/>. Looks through all entries.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out Utf8Text value)
    {
        int index = IndexOf(key);
        value = index < 0 ? default : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>Puts the entries in the order of the bytes of their keys.</summary>
    public void Sort() => _entries.AsSpan(0, Count).Sort(static (a, b) => a.Key.Span.SequenceCompareTo(b.Key.Span));

    /// <summary>Removes all entries and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>True when both hold the same entries, in any order.</summary>
    public bool Equals(AvroMap? other)
    {
        if (other is null || other.Count != Count) return false;
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in Entries)
        {
            if (!other.TryGet(entry.Key.Span, out Utf8Text value) || !value.Equals(entry.Value)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvroMap);

    /// <summary>A hash of the present entries, the same in any order.</summary>
    public override int GetHashCode()
    {
        int hash = Count;
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in Entries) hash += HashCode.Combine(entry.Key, entry.Value);
        return hash;
    }

    private int IndexOf(ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_entries[i].Key.Span.SequenceEqual(key)) return i;
        }
        return -1;
    }
}
