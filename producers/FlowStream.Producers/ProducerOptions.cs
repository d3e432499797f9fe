using FlowStream.Parsing;

namespace FlowStream.Producers;

/// <summary>Limits and waits of the producer service, each with the reason for its default.</summary>
public sealed record ProducerOptions
{
    /// <summary>Where to listen.</summary>
    public IReadOnlyList<ListenerAddress> Listeners { get; init; } = [];

    /// <summary>Longest message: the longest that the parser reads, and the longest that fits a datagram.</summary>
    public int MaxMessageBytes { get; init; } = ParserLimits.MaxMessageBytes;

    /// <summary>
    /// Receive buffer asked of the system for a UDP socket: 16 MiB holds a quarter of a second at 60 000 messages of 1 KiB a second.
    /// The system may grant less (<c>net.core.rmem_max</c>); what it granted is logged.
    /// </summary>
    public int UdpReceiveBufferBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most TCP connections at once over all listeners: each holds a buffer of one message, so 1 024 bound it to 64 MiB.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>
    /// How long a connection may stay silent in the middle of a message before it is closed; a sender writes a message at once.
    /// </summary>
    public TimeSpan UnfinishedFrameTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a connection may stay silent between messages; firewalls keep theirs open over quiet nights.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How often the kernel's drop counters are read.</summary>
    public TimeSpan KernelDropInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the end waits for the broker to acknowledge what was taken in; Kubernetes kills after 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(25);
}
