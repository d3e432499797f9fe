namespace FlowStream.Schemas;

/// <summary>An Avro array of values that is filled again and again and allocates nothing once it has grown.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public sealed class AvroArray<T> : IEquatable<AvroArray<T>>
    where T : struct, IEquatable<T>
{
    private T[] _items = [];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>Item <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public T this[int index] =>
        (uint)index < (uint)Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The items; valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>Appends an item.</summary>
    public void Add(T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }

    /// <summary>Removes all items and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>True when both hold equal items in the same order.</summary>
    public bool Equals(AvroArray<T>? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvroArray<T>);

    /// <summary>A hash of the present items.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T item in Items) hash.Add(item);
        return hash.ToHashCode();
    }
}
