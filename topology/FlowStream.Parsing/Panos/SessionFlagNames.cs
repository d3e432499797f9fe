namespace FlowStream.Parsing.Panos;

/// <summary>
/// What the bits of <see cref="Field.SessionFlags"/> say (PAN-OS administrator's guide, "Traffic Log Fields": Flags). Devices set low bits
/// that are documented nowhere; they have no name.
/// </summary>
internal static class SessionFlagNames
{
    private static readonly (uint Bit, string Name)[] Bits =
    [
        (0x8000_0000, "packet-capture"),
        (0x4000_0000, "multipath"),
        (0x2000_0000, "wildfire-submission"),
        (0x1000_0000, "credential-submission"),
        (0x0800_0000, "recon-allowed"),
        (0x0200_0000, "ipv6"),
        (0x0100_0000, "decrypted"),
        (0x0080_0000, "url-denied"),
        (0x0040_0000, "nat"),
        (0x0020_0000, "captive-portal"),
        (0x0010_0000, "non-standard-port"),
        (0x0008_0000, "x-forwarded-for"),
        (0x0004_0000, "proxy-transaction"),
        (0x0002_0000, "pbf-client-to-server"),
        (0x0001_0000, "pbf-server-to-client"),
        (0x0000_8000, "container-page"),
        (0x0000_2000, "implicit-application"),
        (0x0000_0800, "symmetric-return"),
        (0x0000_0400, "decrypt-mirror"),
        (0x0000_0100, "tunnel-inspected"),
    ];

    /// <summary>The names of the bits that are set in <paramref name="flags"/> and have one, the highest first.</summary>
    public static IEnumerable<string> Of(long flags) => Bits.Where(b => (flags & b.Bit) != 0).Select(b => b.Name);
}
