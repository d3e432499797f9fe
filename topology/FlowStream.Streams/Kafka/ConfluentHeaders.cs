using Confluent.Kafka;

namespace FlowStream.Streams.Kafka;

/// <summary>Headers of the record consumed last; one object for all of them.</summary>
internal sealed class ConfluentHeaders : IRecordHeaders
{
    private Headers? _headers;

    /// <summary>Shows these from now on.</summary>
    public ConfluentHeaders Show(Headers? headers)
    {
        _headers = headers;
        return this;
    }

    /// <inheritdoc/>
    public int Count => _headers?.Count ?? 0;

    /// <inheritdoc/>
    public string Name(int index) => _headers![index].Key;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Value(int index) => _headers![index].GetValueBytes();
}
