namespace FlowStream.Sessions.Tests;

/// <summary>A compacted changelog: the last value of each key.</summary>
internal sealed class RowStore : IStateWriter
{
    public SortedDictionary<string, byte[]> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Every write in order, deletions with an empty value.</summary>
    public List<(byte[] Key, byte[] Value)> Log { get; } = [];

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Log.Add((key.ToArray(), value.ToArray()));
        Rows[Convert.ToHexString(key)] = value.ToArray();
    }

    public void Delete(ReadOnlySpan<byte> key)
    {
        Log.Add((key.ToArray(), []));
        Assert.True(Rows.Remove(Convert.ToHexString(key)), "Only rows that were written are deleted.");
    }

    /// <summary>All rows as text.</summary>
    public IEnumerable<string> Dump() => Rows.Select(row => $"{row.Key}={Convert.ToHexString(row.Value)}");
}
