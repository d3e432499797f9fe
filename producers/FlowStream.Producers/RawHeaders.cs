namespace FlowStream.Producers;

/// <summary>Names of the headers of a raw record.</summary>
public static class RawHeaders
{
    /// <summary><c>ip:port</c> of the sender.</summary>
    public const string Source = "flow.source";

    /// <summary>Address of the listener that took it in.</summary>
    public const string Listener = "flow.listener";

    /// <summary><c>udp</c>, <c>tcp</c> or <c>file</c>.</summary>
    public const string Transport = "flow.transport";

    /// <summary>When it was received: Unix nanoseconds, decimal.</summary>
    public const string Received = "flow.received";
}
