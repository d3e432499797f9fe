using System.Runtime.InteropServices;

namespace FlowStream.Cli.ParseStatistics;

/// <summary>Counts things, and keeps the first example of each.</summary>
internal sealed class Tally<T>
    where T : notnull
{
    private readonly Dictionary<T, (long Count, string Example)> _rows = [];

    /// <summary>How many different things were counted.</summary>
    public int Kinds => _rows.Count;

    /// <summary>The things, the most frequent first.</summary>
    public IEnumerable<(T What, long Count, string Example)> Rows =>
        _rows.OrderByDescending(row => row.Value.Count).Select(row => (row.Key, row.Value.Count, row.Value.Example));

    public bool Contains(T what) => _rows.ContainsKey(what);

    /// <summary>Counts <paramref name="count"/> of <paramref name="what"/>.</summary>
    /// <returns>True when they are the first, and an example is wanted.</returns>
    public bool Add(T what, long count = 1)
    {
        ref (long Count, string Example) row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, what, out bool known);
        row = (row.Count + count, row.Example ?? "");
        return !known;
    }

    public void Show(T what, string example) => _rows[what] = (_rows[what].Count, example);
}
