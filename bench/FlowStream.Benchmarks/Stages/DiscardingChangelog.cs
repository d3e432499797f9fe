using FlowStream.Streams;

namespace FlowStream.Benchmarks.Stages;

/// <summary>Counts the rows of a changelog and throws them away.</summary>
public sealed class DiscardingChangelog : IChangelogWriter
{
    /// <summary>Rows and tombstones written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes of their keys and values.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Rows++;
        Bytes += key.Length + value.Length;
    }

    /// <inheritdoc/>
    public void Delete(ReadOnlySpan<byte> key) => Put(key, default);
}
