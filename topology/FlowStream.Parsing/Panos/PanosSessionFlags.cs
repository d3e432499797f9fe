namespace FlowStream.Parsing.Panos;

/// <summary>
/// What column <c>flags</c> of a PAN-OS TRAFFIC log says about a session (PAN-OS administrator's guides 8.0 to 11.1, "Traffic Log Fields").
/// Devices set further bits that no guide explains; <see cref="Field.SessionFlags"/> has all 32.
/// </summary>
[Flags]
public enum PanosSessionFlags : uint
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The payload of the outer tunnel was inspected.</summary>
    TunnelInspected = 0x0000_0100,

    /// <summary>Decrypted packets were sent out through a mirror port.</summary>
    DecryptMirror = 0x0000_0400,

    /// <summary>Symmetric return sent the traffic back through the interface it came from.</summary>
    SymmetricReturn = 0x0000_0800,

    /// <summary>Allowed because an application that was allowed depends on it.</summary>
    ImplicitApplication = 0x0000_2000,

    /// <summary>A page of an application that holds pages of others.</summary>
    ContainerPage = 0x0000_8000,

    /// <summary>Policy-based forwarding of the server's packets.</summary>
    PbfServerToClient = 0x0001_0000,

    /// <summary>Policy-based forwarding of the client's packets.</summary>
    PbfClientToServer = 0x0002_0000,

    /// <summary>A proxy transaction.</summary>
    ProxyTransaction = 0x0004_0000,

    /// <summary>The user name is the X-Forwarded-For value of the request.</summary>
    XForwardedFor = 0x0008_0000,

    /// <summary>The application used a port that is not its own.</summary>
    NonStandardPort = 0x0010_0000,

    /// <summary>The user signed in at the authentication (captive) portal.</summary>
    CaptivePortal = 0x0020_0000,

    /// <summary>Addresses were translated.</summary>
    Nat = 0x0040_0000,

    /// <summary>URL filtering denied the session.</summary>
    UrlDenied = 0x0080_0000,

    /// <summary>The session was decrypted.</summary>
    Decrypted = 0x0100_0000,

    /// <summary>The session is IPv6.</summary>
    Ipv6 = 0x0200_0000,

    /// <summary>The source is on the allow list of reconnaissance protection.</summary>
    ReconAllowed = 0x0800_0000,

    /// <summary>Corporate credentials were submitted.</summary>
    CredentialSubmission = 0x1000_0000,

    /// <summary>A file was submitted to WildFire.</summary>
    WildfireSubmission = 0x2000_0000,

    /// <summary>The client may use several paths (Multipath TCP).</summary>
    Multipath = 0x4000_0000,

    /// <summary>Packets were captured.</summary>
    PacketCapture = 0x8000_0000,
}
