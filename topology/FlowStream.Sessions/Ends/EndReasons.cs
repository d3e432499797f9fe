using System.Text;
using System.Text.Json;

namespace FlowStream.Sessions;

/// <summary>
/// The canonical end reasons as one table. Junos texts are those of its system log explorer for RT_FLOW_SESSION_CLOSE and
/// APPTRACK_SESSION_CLOSE and of captured logs; <c>TCP RST</c> was split by side in later releases, and both forms occur.
/// </summary>
public static class EndReasons
{
    // Longest listed text is 49 bytes; what is longer than this cannot be listed.
    private const int MaxRawBytes = 96;

    private static readonly EndReasonRow[] Rows =
    [
        new(EndReason.Unknown, EndClass.Unknown, EndSide.None, true, "unknown", ""),
        new(EndReason.Other, EndClass.Unknown, EndSide.None, true, "other"),
        new(EndReason.InstallUnset, EndClass.Unknown, EndSide.None, true, "unset"),
        new(EndReason.TcpFin, EndClass.Normal, EndSide.None, true, "tcp fin"),
        new(EndReason.ResponseReceived, EndClass.Normal, EndSide.Server, true, "response received"),
        new(EndReason.TcpRstClient, EndClass.Reset, EndSide.Client, true, "tcp client rst"),
        new(EndReason.TcpRstServer, EndClass.Reset, EndSide.Server, true, "tcp server rst"),
        new(EndReason.TcpRst, EndClass.Reset, EndSide.None, true, "tcp rst"),
        new(EndReason.IcmpError, EndClass.Reset, EndSide.None, true, "icmp error"),
        new(EndReason.AgedOut, EndClass.Timeout, EndSide.Device, true, "aged out", "idle timeout"),
        new(EndReason.PendingTimeout, EndClass.Timeout, EndSide.Device, true, "sess timeout on pending state"),
        new(EndReason.PolicyDeny, EndClass.Policy, EndSide.Device, true, "closed by junos-dynapp"),
        new(EndReason.PolicyDelete, EndClass.Policy, EndSide.Device, true, "policy delete"),
        new(
            EndReason.SecurityService, EndClass.Security, EndSide.Device, true,
            "idp", "closed by junos-idp*", "application failure or action"),
        new(EndReason.Alg, EndClass.Infra, EndSide.Device, true, "alg", "closed by junos-alg"),
        new(EndReason.ResourceLimit, EndClass.Resource, EndSide.Device, true, "cp nack", "synproxy limit"),
        new(EndReason.NatFailure, EndClass.Resource, EndSide.Device, true, "source nat allocation failure"),
        new(EndReason.SynProxy, EndClass.Infra, EndSide.Device, true, "synproxy failure"),
        new(EndReason.ParentClosed, EndClass.Infra, EndSide.Device, true, "parent closed"),
        new(
            EndReason.TunnelError, EndClass.Infra, EndSide.Device, true,
            "error create ike pass-through template", "ike pass-through child session ageout"),
        new(EndReason.Ha, EndClass.Infra, EndSide.Device, false, "ha"),
        new(
            EndReason.RouteChange, EndClass.Infra, EndSide.Device, false,
            "first path reroute, session recreated", "multicast route change"),
        new(EndReason.Forwarding, EndClass.Infra, EndSide.Device, true, "fwd session", "cp delete"),
        new(EndReason.Auth, EndClass.Policy, EndSide.Device, true, "auth"),
        new(EndReason.Cli, EndClass.Admin, EndSide.Device, true, "cli"),
        new(EndReason.TimeoutInferred, EndClass.Synthetic, EndSide.None, true),
        new(EndReason.Superseded, EndClass.Synthetic, EndSide.None, true),
    ];

    private static readonly ReadOnlyMemory<byte>[] Codes = [.. Enum.GetNames<EndReason>().Select(Kebab)];
    private static readonly ReadOnlyMemory<byte>[] Classes = [.. Enum.GetNames<EndClass>().Select(Kebab)];
    private static readonly ReadOnlyMemory<byte>[] Sides = [.. Enum.GetNames<EndSide>().Select(Kebab)];

    private static readonly (byte[] Text, bool Prefix, EndReason Reason)[] Texts =
        [.. Rows.SelectMany(row => row.Raw.Select(raw => (Encoding.ASCII.GetBytes(raw.TrimEnd('*')), raw.EndsWith('*'), row.Reason)))];

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
    /// Finds the reason that a device's text means. Case and blanks do not matter; a trailing <c>N/A</c>, which some releases print after
    /// the reason, is dropped.
    /// </summary>
    /// <param name="raw">The device's text; empty when it gave none.</param>
    /// <param name="listed">False when the text is not in the table; the reason is then <see cref="EndReason.Unknown"/>.</param>
    public static EndReason Parse(ReadOnlySpan<byte> raw, out bool listed)
    {
        Span<byte> folded = stackalloc byte[MaxRawBytes];
        listed = TryFold(raw, folded, out int length);
        if (!listed) return EndReason.Unknown;
        ReadOnlySpan<byte> text = folded[..length];
        foreach ((byte[] known, bool prefix, EndReason reason) in Texts)
        {
            if (prefix ? text.StartsWith(known) : text.SequenceEqual(known)) return reason;
        }
        listed = false;
        return EndReason.Unknown;
    }

    private static bool TryFold(ReadOnlySpan<byte> raw, Span<byte> folded, out int length)
    {
        length = 0;
        if (raw.Length > MaxRawBytes) return false;
        foreach (byte b in raw)
        {
            bool blank = b is (byte)' ' or (byte)'\t';
            if (blank && (length == 0 || folded[length - 1] == ' ')) continue;
            folded[length++] = blank ? (byte)' ' : b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }
        if (length > 0 && folded[length - 1] == ' ') length--;
        if (folded[..length].EndsWith(" n/a"u8)) length -= 4;
        return true;
    }

    private static ReadOnlyMemory<byte> Kebab(string name) => Encoding.ASCII.GetBytes(JsonNamingPolicy.KebabCaseLower.ConvertName(name));
}
