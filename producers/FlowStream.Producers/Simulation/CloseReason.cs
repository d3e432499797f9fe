namespace FlowStream.Producers.Simulation;

/// <summary>A reason that a device gives for the end of a session, and what the records must make of it.</summary>
/// <param name="Text">What the device prints.</param>
/// <param name="Code">The record's <c>end_reason</c>.</param>
/// <param name="Class">The record's <c>end_class</c>.</param>
/// <param name="Side">The record's <c>end_side</c>.</param>
/// <param name="IsVague">True for a text that names no cause.</param>
internal sealed record CloseReason(string Text, string Code, string Class, string Side, bool IsVague = false)
{
    /// <summary>No text stands for this end: the close message got lost.</summary>
    public static readonly CloseReason Inferred = new("", "timeout-inferred", "synthetic", "none");

    /// <summary>Printed by RT_FLOW where AppTrack knows better.</summary>
    public static readonly CloseReason Unset = new("unset", "install-unset", "unknown", "none", IsVague: true);

    /// <summary>A session without traffic for its timeout.</summary>
    public static readonly CloseReason Idle = new("idle Timeout", "aged-out", "timeout", "device");

    /// <summary>Reasons of TCP sessions; a frequent one occurs more than once.</summary>
    public static readonly CloseReason[] Tcp =
    [
        new("TCP FIN", "tcp-fin", "normal", "none"),
        new("TCP FIN", "tcp-fin", "normal", "none"),
        new("TCP FIN", "tcp-fin", "normal", "none"),
        new("TCP RST", "tcp-rst", "reset", "none"),
        new("TCP CLIENT RST", "tcp-rst-client", "reset", "client"),
        new("TCP SERVER RST", "tcp-rst-server", "reset", "server"),
        new("aged out", "aged-out", "timeout", "device"),
        new("IDP", "security-service", "security", "device"),
        new("policy delete", "policy-delete", "policy", "device"),
        new("CLI", "cli", "admin", "device"),
        new("Closed by junos-alg", "alg", "infra", "device"),
        new("unknown", "unknown", "unknown", "none", IsVague: true),
    ];

    /// <summary>Reasons of PAN-OS.</summary>
    public static readonly CloseReason[] Panos =
    [
        new("tcp-fin", "tcp-fin", "normal", "none"),
        new("tcp-fin", "tcp-fin", "normal", "none"),
        new("tcp-rst-from-client", "tcp-rst-client", "reset", "client"),
        new("tcp-rst-from-server", "tcp-rst-server", "reset", "server"),
        new("aged-out", "aged-out", "timeout", "device"),
        new("policy-deny", "policy-deny", "policy", "device"),
        new("threat", "threat", "security", "device"),
        new("unknown", "unknown", "unknown", "none", IsVague: true),
    ];

    /// <summary>Reasons of sessions of other protocols.</summary>
    public static readonly CloseReason[] Datagram =
    [
        new("response received", "response-received", "normal", "server"),
        new("aged out", "aged-out", "timeout", "device"),
        Idle,
        new("ICMP error", "icmp-error", "reset", "none"),
    ];
}
