namespace FlowStream.Sessions;

/// <summary>Why a session ended: the canonical codes, one for each row of <see cref="EndReasons"/>.</summary>
public enum EndReason : byte
{
    /// <summary>No cause is known, or the device's text is not listed.</summary>
    Unknown,

    /// <summary>The device says that the cause is another than those it can name.</summary>
    Other,

    /// <summary>The device left the cause unset.</summary>
    InstallUnset,

    /// <summary>TCP FIN.</summary>
    TcpFin,

    /// <summary>A response ended a request-response session, such as a DNS lookup.</summary>
    ResponseReceived,

    /// <summary>TCP RST from the client.</summary>
    TcpRstClient,

    /// <summary>TCP RST from the server.</summary>
    TcpRstServer,

    /// <summary>TCP RST; the device does not say from which side.</summary>
    TcpRst,

    /// <summary>An ICMP error.</summary>
    IcmpError,

    /// <summary>No traffic for the session's timeout.</summary>
    AgedOut,

    /// <summary>The session never left the pending state.</summary>
    PendingTimeout,

    /// <summary>A policy refused it once more was known, such as its application.</summary>
    PolicyDeny,

    /// <summary>Its policy was deleted.</summary>
    PolicyDelete,

    /// <summary>A threat was found in it.</summary>
    Threat,

    /// <summary>A security service or an application-level action closed it.</summary>
    SecurityService,

    /// <summary>It could not be decrypted: the server's certificate did not hold.</summary>
    DecryptCert,

    /// <summary>It could not be decrypted: a cipher, version or curve is not supported.</summary>
    DecryptParam,

    /// <summary>It could not be decrypted for another cause.</summary>
    DecryptError,

    /// <summary>An application-layer gateway closed it.</summary>
    Alg,

    /// <summary>The application's decoder saw a new connection inside the protocol and ended the one before.</summary>
    AppDecoder,

    /// <summary>Its addresses and ports were taken into use again, so that it had to go.</summary>
    TupleReuse,

    /// <summary>A resource ran out or a limit was reached.</summary>
    ResourceLimit,

    /// <summary>No address or port could be had for source NAT.</summary>
    NatFailure,

    /// <summary>SYN proxy failed.</summary>
    SynProxy,

    /// <summary>Its parent session was closed.</summary>
    ParentClosed,

    /// <summary>A tunnel's pass-through session failed or aged out.</summary>
    TunnelError,

    /// <summary>The node of a cluster gave the session up; the other node goes on with it.</summary>
    Ha,

    /// <summary>A route changed; the session is made anew.</summary>
    RouteChange,

    /// <summary>The forwarding plane closed it.</summary>
    Forwarding,

    /// <summary>Authentication closed it.</summary>
    Auth,

    /// <summary>It went to the firewall itself, to a service that is not offered there.</summary>
    HostService,

    /// <summary>An administrator cleared it.</summary>
    Cli,

    /// <summary>The device says that it has not ended.</summary>
    NotEnded,

    /// <summary>No close message came within the idle timeout.</summary>
    TimeoutInferred,

    /// <summary>No close message came, but a later session has taken its id and addresses.</summary>
    Superseded,
}
