namespace FlowStream.Schemas;

/// <summary>
/// An Avro map of text to 64-bit numbers that is filled again and again and allocates nothing once it has grown. Entries keep the order in
/// which they were added, and are written in it.
/// </summary>
public sealed class AvroCounts : IEquatable<AvroCounts>
{
    private KeyValuePair<Utf8Text, long>[] _entries = [];

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The entries; valid until the next change.</summary>
    public ReadOnlySpan<KeyValuePair<Utf8Text, long>> Entries => _entries.AsSpan(0, Count);

    /// <summary>Appends an entry without looking for its key: the caller sees to it that keys differ, as Avro wants.</summary>
    public void Add(Utf8Text key, long value)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Math.Max(4, Count * 2));
        _entries[Count++] = new KeyValuePair<Utf8Text, long>(key, value);
    }

    /// <summary>Finds the number of <paramref name="key"/>. Looks through all entries.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out long value)
    {
        foreach (KeyValuePair<Utf8Text, long> entry in Entries)
        {
            if (!entry.Key.Span.SequenceEqual(key)) continue;
            value = entry.Value;
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Removes all entries and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>True when both hold the same entries, in any order.</summary>
    public bool Equals(AvroCounts? other)
    {
        if (other is null || other.Count != Count) return false;
        foreach (KeyValuePair<Utf8Text, long> entry in Entries)
        {
            if (!other.TryGet(entry.Key.Span, out long value) || value != entry.Value) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvroCounts);

    /// <summary>A hash of the present entries, the same in any order.</summary>
    public override int GetHashCode()
    {
        int hash = Count;
        foreach (KeyValuePair<Utf8Text, long> entry in Entries) hash += HashCode.Combine(entry.Key, entry.Value);
        return hash;
    }
}
