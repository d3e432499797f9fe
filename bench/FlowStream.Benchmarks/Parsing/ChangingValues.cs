using System.Globalization;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>Fills the places of a line such as <c>{port}</c> with values that differ from line to line, the same in every run.</summary>
internal sealed class ChangingValues
{
    private const int Seed = 7;

    // Counters have any length up to this many bits, as they do in traffic.
    private const int MaxCountBits = 32;

    private readonly Random _random = new(Seed);

    /// <summary>The line with its places filled.</summary>
    /// <exception cref="FormatException">A place has a name that is not known.</exception>
    public string Fill(string template)
    {
        string[] parts = template.Split('{', '}');
        for (int i = 1; i < parts.Length; i += 2) parts[i] = Next(parts[i]).ToString(CultureInfo.InvariantCulture);
        return string.Concat(parts);
    }

    private long Next(string place) => place switch
    {
        "octet" => _random.Next(1, 255),
        "port" => _random.Next(1024, 65_536),
        "count" => _random.NextInt64(1L << _random.Next(1, MaxCountBits)),
        "seconds" => _random.Next(4000),
        "ms" => _random.Next(100, 1000),
        "id32" => _random.Next(10_000_000, 90_000_000),
        "id64" => _random.NextInt64(1L << 32, 1L << 38),
        _ => throw new FormatException($"A line has no place {place}."),
    };
}
