using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>One request as its handler sees it. Each connection owns one and fills it again for every request.</summary>
/// <param name="clientHost">The peer's address as Kafka shows it, with a leading slash: <c>/127.0.0.1</c>.</param>
/// <param name="closing">Cancelled when the broker stops; long waits end with it.</param>
internal sealed class RequestContext(string clientHost, CancellationToken closing)
{
    /// <summary>The peer's address as Kafka shows it, with a leading slash.</summary>
    public string ClientHost { get; } = clientHost;

    /// <summary>Cancelled when the broker stops; whoever waits for longer than an append observes it.</summary>
    public CancellationToken Closing { get; } = closing;

    /// <summary>Where this client is told to find the broker.</summary>
    public required HostPort Advertised { get; init; }

    /// <summary>Which API is asked.</summary>
    public ApiKey Key { get; set; }

    /// <summary>The version of the API, one of those the handler serves.</summary>
    public short Version { get; set; }

    /// <summary>The number by which the client finds its response.</summary>
    public int CorrelationId { get; set; }

    /// <summary>What the client calls itself, or null.</summary>
    public string? ClientId { get; set; }

    /// <summary>Whether this version has compact types and tagged fields.</summary>
    public bool Flexible { get; set; }

    /// <summary>
    /// The request after its header, valid until the handler is done. Clients may leave bytes after the last field: they are ignored.
    /// It is the connection's own buffer: Produce lets the log write its offsets into it.
    /// </summary>
    public Memory<byte> Body { get; set; }

    /// <summary>Where the response body goes; frame and header are there already, <see cref="KafkaWriter.Flexible"/> is set.</summary>
    public required KafkaWriter Response { get; init; }

    /// <summary>A reader at the start of the body.</summary>
    public KafkaReader CreateReader() => new(Body.Span, Flexible);
}
