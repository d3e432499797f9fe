namespace FlowStream.Producers;

/// <summary>How messages reach a listener.</summary>
public enum ListenerTransport : byte
{
    /// <summary>One message in each datagram (RFC 5426).</summary>
    Udp,

    /// <summary>A stream of framed messages (RFC 6587).</summary>
    Tcp,
}
