using FlowStream.Producers.Simulation;
using FlowStream.Schemas;

namespace FlowStream.Benchmarks.Windows;

/// <summary>Bytes of each minute as they really flowed, and as they stand when each session's are put where its record arrives.</summary>
internal sealed class SpikeTruth : ISimulationTruth
{
    private const long MinuteMs = 60_000;

    /// <summary>What really flowed, by start of the minute.</summary>
    public SortedDictionary<long, long> Flowed { get; } = [];

    /// <summary>What a collector shows that has one time for each session, its end.</summary>
    public SortedDictionary<long, long> Dumped { get; } = [];

    public void Session(CompletedSession expected)
    {
        long minute = expected.EndTime / MinuteMs * MinuteMs;
        Dumped[minute] = Dumped.GetValueOrDefault(minute) + expected.BytesFromClient + expected.BytesFromServer;
    }

    public void Denial(Denial expected)
    {
        // Moves nothing.
    }

    public void Window(BandwidthWindow expected)
    {
        // What the product makes is measured, not what it should make.
    }

    void ISimulationTruth.Flowed(long windowStartMs, long bytesFromClient, long bytesFromServer) =>
        Flowed[windowStartMs] = Flowed.GetValueOrDefault(windowStartMs) + bytesFromClient + bytesFromServer;
}
