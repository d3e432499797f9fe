using FlowStream.Producers.Simulation;
using FlowStream.Schemas;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>Counts what the topics must hold in the end, so that a run that loses records is no result.</summary>
internal sealed class ExpectedCounts : ISimulationTruth
{
    /// <summary>Sessions, each with its revisions once.</summary>
    public int Sessions { get; private set; }

    /// <summary>Denials.</summary>
    public int Denials { get; private set; }

    public void Session(CompletedSession expected) => Sessions++;

    public void Denial(Denial expected) => Denials++;

    public void Window(BandwidthWindow expected)
    {
        // Windows are not counted: the last of them wait for a wall clock.
    }

    public void Flowed(long windowStartMs, long bytesFromClient, long bytesFromServer)
    {
        // What no message told of is not to be found in the topics.
    }
}
