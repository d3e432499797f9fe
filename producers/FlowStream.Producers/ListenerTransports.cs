namespace FlowStream.Producers;

/// <summary>The names of <see cref="ListenerTransport"/>, in one place.</summary>
public static class ListenerTransports
{
    /// <summary>The name in addresses and in the <c>flow.transport</c> header.</summary>
    public static string Scheme(this ListenerTransport transport) => transport == ListenerTransport.Udp ? "udp" : "tcp";
}
