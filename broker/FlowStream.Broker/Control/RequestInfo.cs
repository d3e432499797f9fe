using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Control;

/// <summary>A request, as a hook of <see cref="BrokerControl"/> sees it before it is handled.</summary>
/// <param name="Key">The API that is asked.</param>
/// <param name="Version">Its version.</param>
/// <param name="ClientId">What the client calls itself, or null.</param>
/// <param name="ClientHost">The client's address with a leading slash, as Kafka shows it.</param>
/// <param name="Body">The bytes after the request header; valid only until the hook returns.</param>
public readonly record struct RequestInfo(
    ApiKey Key, short Version, string? ClientId, string ClientHost, ReadOnlyMemory<byte> Body);
