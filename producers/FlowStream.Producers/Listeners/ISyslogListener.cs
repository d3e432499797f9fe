using System.Net;

namespace FlowStream.Producers.Listeners;

/// <summary>A socket that takes messages in.</summary>
internal interface ISyslogListener : IDisposable
{
    /// <summary>Address and port it listens on, the port that the system chose included.</summary>
    IPEndPoint LocalEndpoint { get; }

    /// <summary>Its account.</summary>
    ListenerCounters Counters { get; }

    /// <summary>Runs until cancelled; then takes what had arrived by then and completes.</summary>
    Task RunAsync(CancellationToken stopping);
}
