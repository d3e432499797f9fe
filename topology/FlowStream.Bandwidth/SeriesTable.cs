namespace FlowStream.Bandwidth;

/// <summary>The series that have rows, numbered; a number is used again once its series has no row left.</summary>
internal sealed class SeriesTable
{
    private readonly Dictionary<byte[], int> _numbers = new(SpanKeyComparer.Instance);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly List<(byte[] Key, int Aggregation, int Rows)> _series = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<byte[], int> _aggregations = new(SpanKeyComparer.Instance);

    public SeriesTable() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Bytes of memory held, estimated.</summary>
    public long MemoryBytes { get; private set; }

    public byte[] Key(int series) => _series[series].Key;

    public int Aggregation(int series) => _series[series].Aggregation;

    /// <summary>The series of <paramref name="key"/>, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => _bySpan.TryGetValue(key, out int series) ? series : -1;

    /// <summary>Number of the aggregation that <paramref name="key"/> names; they come from the configuration and are few.</summary>
    public int AggregationOf(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> name = key.Slice(1, key[0]);
        var byName = _aggregations.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (byName.TryGetValue(name, out int number)) return number;
        byName[name] = _aggregations.Count;
        return _aggregations.Count - 1;
    }

    /// <summary>Adds a row to the series of <paramref name="key"/>, which begins with it when it is new.</summary>
    public int AddRow(ReadOnlySpan<byte> key)
    {
        int series = Find(key);
        if (series >= 0)
        {
            _series[series] = _series[series] with { Rows = _series[series].Rows + 1 };
            return series;
        }
        byte[] own = key.ToArray();
        var entry = (own, AggregationOf(key), 1);
        if (_free.TryPop(out series))
        {
            _series[series] = entry;
        }
        else
        {
            series = _series.Count;
            _series.Add(entry);
        }
        _numbers.Add(own, series);
        MemoryBytes += EntryBytes(own);
        return series;
    }

    /// <summary>Removes a row of <paramref name="series"/>; the series ends with its last.</summary>
    public void RemoveRow(int series)
    {
        (byte[] key, int aggregation, int rows) = _series[series];
        _series[series] = (key, aggregation, rows - 1);
        if (rows > 1) return;
        _numbers.Remove(key);
        _series[series] = ([], 0, 0);
        _free.Push(series);
        MemoryBytes -= EntryBytes(key);
    }

    public void Clear()
    {
        _numbers.Clear();
        _series.Clear();
        _free.Clear();
        MemoryBytes = 0;
    }

    // The array with its header, its entry in the list and in the dictionary.
    private static long EntryBytes(byte[] key) => key.Length + 80;
}
