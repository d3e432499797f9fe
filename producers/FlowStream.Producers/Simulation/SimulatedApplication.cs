namespace FlowStream.Producers.Simulation;

/// <summary>An application as a firewall sees it: what it runs over, and what is found out about it and when.</summary>
/// <param name="Service">Predefined Junos service, or None.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Port">Server port; for ICMP ignored.</param>
/// <param name="Application">Name once identified; UNKNOWN when it never is.</param>
/// <param name="Nested">Name of the nested application once identified, or UNKNOWN.</param>
/// <param name="Category">Category, or N/A.</param>
/// <param name="SubCategory">Sub-category, or N/A.</param>
/// <param name="Risk">Risk of 1 to 5, or -1.</param>
/// <param name="Encrypted">Yes, No or UNKNOWN.</param>
internal sealed record SimulatedApplication(
    string Service, int Protocol, int Port, string Application, string Nested, string Category, string SubCategory, int Risk,
    string Encrypted)
{
    /// <summary>The applications of the simulated users; a frequent one occurs more than once.</summary>
    public static readonly SimulatedApplication[] All =
    [
        new("junos-https", 6, 443, "SSL", "EXAMPLE-MAIL", "Messaging", "mail", 2, "Yes"),
        new("junos-https", 6, 443, "SSL", "EXAMPLE-VIDEO", "Multimedia", "video-streaming", 3, "Yes"),
        new("junos-https", 6, 443, "SSL", "UNKNOWN", "Web", "N/A", 1, "Yes"),
        new("junos-https", 6, 443, "HTTP2", "EXAMPLE-DRIVE", "Web", "file-sharing", 4, "Yes"),
        new("junos-http", 6, 80, "HTTP", "UNKNOWN", "Web", "N/A", 2, "No"),
        new("junos-http", 6, 80, "HTTP", "EXAMPLE-UPDATE", "Infrastructure", "software-update", 1, "No"),
        new("junos-dns-udp", 17, 53, "DNS", "UNKNOWN", "Infrastructure", "networking", 1, "No"),
        new("junos-dns-udp", 17, 53, "DNS", "UNKNOWN", "Infrastructure", "networking", 1, "No"),
        new("junos-ssh", 6, 22, "SSH", "UNKNOWN", "Remote-Access", "interactive", 3, "Yes"),
        new("junos-smb", 6, 445, "SMB", "UNKNOWN", "Infrastructure", "file-servers", 2, "No"),
        new("icmp", 1, 0, "ICMP", "UNKNOWN", "Infrastructure", "networking", 1, "No"),
        new("None", 17, 40_123, "UNKNOWN", "UNKNOWN", "N/A", "N/A", -1, "UNKNOWN"),
        new("None", 6, 8_443, "INCONCLUSIVE", "INCONCLUSIVE", "N/A", "N/A", -1, "UNKNOWN"),
    ];
}
