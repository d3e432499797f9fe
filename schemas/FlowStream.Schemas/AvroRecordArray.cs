namespace FlowStream.Schemas;

/// <summary>
/// An Avro array of records that is filled again and again: it keeps its record objects and allocates nothing once grown.
/// </summary>
/// <typeparam name="T">Type of the records.</typeparam>
public sealed class AvroRecordArray<T> : IEquatable<AvroRecordArray<T>>
    where T : class, IAvroRecord, IEquatable<T>, new()
{
    private T[] _items = [];

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Record <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    public T this[int index] =>
        (uint)index < (uint)Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The records; valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>Appends an empty record and returns it to be filled. It belongs to the array.</summary>
    public T Add()
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        T record = _items[Count] ??= new T();
        Count++;
        record.Clear();
        return record;
    }

    /// <summary>Removes all records and keeps their objects for reuse.</summary>
    public void Clear() => Count = 0;

    /// <summary>True when both hold equal records in the same order.</summary>
    public bool Equals(AvroRecordArray<T>? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvroRecordArray<T>);

    /// <summary>A hash of the present records.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T item in Items) hash.Add(item);
        return hash.ToHashCode();
    }
}
