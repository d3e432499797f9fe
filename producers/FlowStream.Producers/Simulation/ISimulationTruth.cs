using FlowStream.Schemas;

namespace FlowStream.Producers.Simulation;

/// <summary>
/// Told by the simulator what the topics must hold in the end for exactly the messages it handed out, and what really flowed. Sessions
/// and denials come while messages do, windows once nothing can change them any more, the last at the end.
/// </summary>
public interface ISimulationTruth
{
    /// <summary>
    /// The last revision of a session. Session key and revision are not set: they follow from when messages arrived, not only from which.
    /// </summary>
    void Session(CompletedSession expected);

    /// <summary>A denial.</summary>
    void Denial(Denial expected);

    /// <summary>The last revision of a window that is not all zero; revision not set.</summary>
    void Window(BandwidthWindow expected);

    /// <summary>What really flowed in one minute, whether or not any message told of it.</summary>
    /// <param name="windowStartMs">Start of the minute, Unix milliseconds.</param>
    /// <param name="bytesFromClient">Bytes from clients to servers.</param>
    /// <param name="bytesFromServer">Bytes from servers to clients.</param>
    void Flowed(long windowStartMs, long bytesFromClient, long bytesFromServer);
}
