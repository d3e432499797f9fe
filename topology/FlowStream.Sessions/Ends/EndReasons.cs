using System.Text;
using System.Text.Json;

namespace FlowStream.Sessions;

/// <summary>
/// The canonical end reasons as one table, from which <c>docs/end-reasons.md</c> is made. Junos texts are those of its "Information
/// Provided in Session Log Entries", of its system log explorer and of captured logs; <c>TCP RST</c> was split by side in later releases,
/// and both forms occur. PAN-OS texts are those of its "Traffic Log Fields" (session_end_reason) and "Session Tracker Feature".
/// </summary>
public static class EndReasons
{
    private static readonly EndReasonRow[] Rows =
    [
        new(EndReason.Unknown, EndClass.Unknown, EndSide.None) { Junos = ["unknown", ""], Panos = ["unknown", ""] },
        new(EndReason.Other, EndClass.Unknown, EndSide.None) { Junos = ["other"] },
        new(EndReason.InstallUnset, EndClass.Unknown, EndSide.None) { Junos = ["unset"] },
        new(EndReason.TcpFin, EndClass.Normal, EndSide.None) { Junos = ["TCP FIN"], Panos = ["tcp-fin"], Tracker = ["TCP FIN"] },
        new(EndReason.ResponseReceived, EndClass.Normal, EndSide.Server) { Junos = ["response received"] },
        new(EndReason.TcpRstClient, EndClass.Reset, EndSide.Client)
        {
            Junos = ["TCP CLIENT RST"], Panos = ["tcp-rst-from-client"], Tracker = ["TCP RST - client"],
        },
        new(EndReason.TcpRstServer, EndClass.Reset, EndSide.Server)
        {
            Junos = ["TCP SERVER RST"], Panos = ["tcp-rst-from-server"], Tracker = ["TCP RST - server"],
        },
        new(EndReason.TcpRst, EndClass.Reset, EndSide.None) { Junos = ["TCP RST"] },
        new(EndReason.IcmpError, EndClass.Reset, EndSide.None) { Junos = ["ICMP error"] },
        new(EndReason.AgedOut, EndClass.Timeout, EndSide.Device)
        {
            Junos = ["aged out", "idle Timeout"], Panos = ["aged-out"], Tracker = ["Aged out"],
        },
        new(EndReason.PendingTimeout, EndClass.Timeout, EndSide.Device) { Junos = ["sess timeout on pending state"] },
        new(EndReason.PolicyDeny, EndClass.Policy, EndSide.Device)
        {
            Junos = ["Closed by junos-dynapp", "Denied by policy", "policy deny"],
            Panos = ["policy-deny"],
            Tracker = ["appid policy lookup deny"],
        },
        new(EndReason.PolicyDelete, EndClass.Policy, EndSide.Device) { Junos = ["policy delete"] },
        new(EndReason.Threat, EndClass.Security, EndSide.Device) { Panos = ["threat"], Tracker = ["mitigation tdb"] },
        new(EndReason.SecurityService, EndClass.Security, EndSide.Device)
        {
            Junos = ["IDP", "Closed by junos-idp", "Closed by junos-idp/*", "application failure or action"],
        },
        new(EndReason.DecryptCert, EndClass.Security, EndSide.Device) { Panos = ["decrypt-cert-validation"] },
        new(EndReason.DecryptParam, EndClass.Security, EndSide.Device) { Panos = ["decrypt-unsupport-param"] },
        new(EndReason.DecryptError, EndClass.Security, EndSide.Device) { Panos = ["decrypt-error"] },
        new(EndReason.Alg, EndClass.Infra, EndSide.Device) { Junos = ["ALG", "Closed by junos-alg"] },
        new(EndReason.AppDecoder, EndClass.Infra, EndSide.Device) { Panos = ["decoder"] },
        new(EndReason.TupleReuse, EndClass.Infra, EndSide.Device) { Panos = ["tcp-reuse"] },
        new(EndReason.ResourceLimit, EndClass.Resource, EndSide.Device)
        {
            Junos = ["CP NACK", "synproxy limit"], Panos = ["resources-unavailable"], Tracker = ["resource limit"],
        },
        new(EndReason.NatFailure, EndClass.Resource, EndSide.Device) { Junos = ["source NAT allocation failure"] },
        new(EndReason.SynProxy, EndClass.Infra, EndSide.Device) { Junos = ["synproxy failure"] },
        new(EndReason.ParentClosed, EndClass.Infra, EndSide.Device) { Junos = ["parent closed"] },
        new(EndReason.TunnelError, EndClass.Infra, EndSide.Device)
        {
            Junos = ["error create IKE pass-through template", "IKE pass-through child session ageout"],
        },
        new(EndReason.Ha, EndClass.Infra, EndSide.Device, Terminal: false) { Junos = ["HA"] },
        new(EndReason.RouteChange, EndClass.Infra, EndSide.Device, Terminal: false)
        {
            Junos = ["first path reroute, session recreated", "multicast route change"],
        },
        new(EndReason.Forwarding, EndClass.Infra, EndSide.Device) { Junos = ["fwd session", "CP delete"] },
        new(EndReason.Auth, EndClass.Policy, EndSide.Device) { Junos = ["auth"] },
        new(EndReason.HostService, EndClass.Policy, EndSide.Device) { Tracker = ["host service"] },
        new(EndReason.Cli, EndClass.Admin, EndSide.Device) { Junos = ["CLI"] },
        new(EndReason.NotEnded, EndClass.Unknown, EndSide.None, Terminal: false) { Panos = ["n/a", "n-a"] },
        new(EndReason.TimeoutInferred, EndClass.Synthetic, EndSide.None),
        new(EndReason.Superseded, EndClass.Synthetic, EndSide.None),
    ];

    private static readonly ReadOnlyMemory<byte>[] Codes = [.. Enum.GetNames<EndReason>().Select(Kebab)];
    private static readonly ReadOnlyMemory<byte>[] Classes = [.. Enum.GetNames<EndClass>().Select(Kebab)];
    private static readonly ReadOnlyMemory<byte>[] Sides = [.. Enum.GetNames<EndSide>().Select(Kebab)];

    private static readonly ReasonIndex Index = new(Rows);

    /// <summary>Every row, in the order of <see cref="EndReason"/>.</summary>
    public static IReadOnlyList<EndReasonRow> All => Rows;

    /// <summary>The row of <paramref name="reason"/>.</summary>
    public static EndReasonRow Row(this EndReason reason) => Rows[(int)reason];

    /// <summary>The code in records, such as <c>tcp-fin</c>.</summary>
    public static ReadOnlyMemory<byte> Code(this EndReason reason) => Codes[(int)reason];

    /// <summary>The class as it stands in records.</summary>
    public static ReadOnlyMemory<byte> Code(this EndClass endClass) => Classes[(int)endClass];

    /// <summary>The side as it stands in records.</summary>
    public static ReadOnlyMemory<byte> Code(this EndSide side) => Sides[(int)side];

    /// <summary>
    /// Finds the reason that a device's text means. Case, blanks, hyphens and dashes do not matter; a trailing <c>N/A</c>, which some
    /// Junos releases print after the reason, is dropped. A lookup is one hash and allocates nothing.
    /// </summary>
    /// <param name="raw">The device's text; empty when it gave none.</param>
    /// <param name="listed">False when the text is not in the table; the reason is then <see cref="EndReason.Unknown"/>.</param>
    public static EndReason Parse(ReadOnlySpan<byte> raw, out bool listed)
    {
        listed = Index.TryFind(raw, out EndReason reason);
        return reason;
    }

    private static ReadOnlyMemory<byte> Kebab(string name) => Encoding.ASCII.GetBytes(JsonNamingPolicy.KebabCaseLower.ConvertName(name));
}
