using FlowStream.Streams;

namespace FlowStream.Topology.Tests;

/// <summary>Counts what is sent and logged and keeps none of it.</summary>
internal sealed class CountingOutput : IRecordCollector, IChangelogWriter
{
    public int Records { get; private set; }

    public void Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers = null) =>
        Records++;

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Records++;

    public void Delete(ReadOnlySpan<byte> key) => Records++;
}
