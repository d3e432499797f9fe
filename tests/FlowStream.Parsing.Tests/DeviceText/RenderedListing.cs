using System.Globalization;
using System.Text;
using FlowStream.Parsing.DeviceText;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.DeviceText;

/// <summary>A session made of choices, and the listing that a device would print of it, with blanks as they come.</summary>
internal sealed class RenderedListing
{
    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "gre", "icmp6", "ospf", "77"];
    private static readonly long[] ProtocolNumbers = [6, 17, 1, 47, 58, 89, 77];
    private static readonly string[] Words =
        ["a", "permit-web", "Rule 7, really", "L3 trust", "x_y.z", "ethernet1/1", "reth1.1000", "\u00E9t\u00E9"];
    private static readonly string[] States = ["INIT", "ACTIVE", "DISCARD", "CLOSING", "CLOSED", "OPENING", "FREE"];
    private static readonly string[] Blanks = [" ", "  ", "\t", "\u00A0 ", "            "];

    private readonly int[] _choices;
    private readonly StringBuilder _text = new();
    private int _next;

    public RenderedListing(int[] choices) => _choices = choices;

    /// <summary>Enough choices for any session.</summary>
    public static Gen<int[]> Choices => Gen.ArrayOf(Gen.Choose(0, int.MaxValue), 128);

    /// <summary>As <c>show security flow session</c>.</summary>
    public (DeviceSession Session, string Text) Junos()
    {
        var session = new DeviceSession(DeviceListing.JunosFlowSession, 1, null, null, null);
        SetEnds(session);
        int protocol = Next(Protocols.Length);
        session.Set(DeviceField.ProtocolId, ProtocolNumbers[protocol]);
        string policy = Word(session, DeviceField.PolicyName);
        session.TryAddExtra("policy_index", "4");
        Append($"Session ID: {Number(session, DeviceField.SessionId)}, Policy name:{Blank()}{policy}/4, ");
        if (Next(2) == 0) Append($"HA State: {Choose(session, DeviceField.HaState, ["Active", "Backup"])}, ");
        Append($"Timeout: {Number(session, DeviceField.Timeout)}, ");
        Append($"{(Next(2) == 0 ? "Session State: " : "")}{Choose(session, DeviceField.State, ["Valid"])}\n");
        AppendFlow(
            session, "In", Protocols[protocol], [DeviceField.SourceAddress, DeviceField.SourcePort, DeviceField.DestinationAddress,
            DeviceField.DestinationPort, DeviceField.PacketIncomingInterface, DeviceField.PacketsFromClient, DeviceField.BytesFromClient]);
        AppendFlow(
            session, "Out", Protocols[protocol], [DeviceField.NatDestinationAddress, DeviceField.NatDestinationPort,
            DeviceField.NatSourceAddress, DeviceField.NatSourcePort, DeviceField.DestinationInterfaceName, DeviceField.PacketsFromServer,
            DeviceField.BytesFromServer]);
        return (session, _text.ToString());
    }

    /// <summary>As <c>show session id</c>.</summary>
    public (DeviceSession Session, string Text) Panos()
    {
        var session = new DeviceSession(DeviceListing.PanosSessionId, 1, null, null, null);
        SetEnds(session);
        session.Set(DeviceField.ProtocolId, (long)Next(256));
        string state = States[Next(States.Length)], type = Next(2) == 0 ? "FLOW" : "PREDICT";
        session.Set(DeviceField.State, state);
        session.Set(DeviceField.SessionType, type);
        Append($"Session{Blank()}{Blank()}{Number(session, DeviceField.SessionId)}\n\n");
        AppendFlow(session, "c2s", state, type, DeviceField.SourceZoneName, [DeviceField.SourceAddress, DeviceField.DestinationAddress,
            DeviceField.SourcePort, DeviceField.DestinationPort]);
        AppendFlow(session, "s2c", state, type, DeviceField.DestinationZoneName, [DeviceField.NatDestinationAddress,
            DeviceField.NatSourceAddress, DeviceField.NatDestinationPort, DeviceField.NatSourcePort]);
        var start = new DateTime(2013 + Next(20), 1 + Next(12), 1 + Next(28), Next(24), Next(60), Next(60), DateTimeKind.Utc);
        session.Set(DeviceField.StartTime, new DeviceTime((long)(start - DateTime.UnixEpoch).TotalMilliseconds, null));
        Fact("start time", string.Create(CultureInfo.InvariantCulture, $"{start:ddd MMM} {start.Day,2} {start:HH:mm:ss yyyy}"));
        Fact("timeout", $"{Number(session, DeviceField.Timeout)} sec");
        Fact("time to live", $"{Number(session, DeviceField.TimeToLive)} sec");
        Fact(Next(2) == 0 ? "total byte count(c2s)" : "total byte count (c2s)", Number(session, DeviceField.BytesFromClient));
        Fact("total byte count(s2c)", Number(session, DeviceField.BytesFromServer));
        Fact("vsys", Choose(session, DeviceField.LogicalSystem, ["vsys1", "vsys2"]));
        Fact("application", Word(session, DeviceField.Application));
        Fact("rule", Word(session, DeviceField.PolicyName));
        if (session.Nat is "source" or "both") session.Set(DeviceField.SourceNatRuleName, "nat one");
        if (session.Nat is "destination" or "both") session.Set(DeviceField.DestinationNatRuleName, "nat one");
        if (session.Nat != "none") Fact("nat-rule", "nat one(vsys1)");
        Fact("ingress interface", Word(session, DeviceField.PacketIncomingInterface));
        Fact("egress interface", Word(session, DeviceField.DestinationInterfaceName));
        Fact("end-reason", Choose(session, DeviceField.EndReasonRaw, ["aged-out", "tcp-fin", "n-a"]));
        return (session, _text.ToString());
    }

    private void AppendFlow(DeviceSession session, string name, string protocol, DeviceField[] fields)
    {
        Append($"{Blank()}{name}:{Blank()}{Address(session, fields[0])}/{session.Number(fields[1])} --> ");
        Append($"{Address(session, fields[2])}/{session.Number(fields[3])};{protocol}, ");
        Append($"If: {Choose(session, fields[4], ["ge-0/0/0.0", ".local..0", "reth1.1000"])}, ");
        Append($"Pkts: {Number(session, fields[5])}, Bytes:{Blank()}{Number(session, fields[6])}{(Next(2) == 0 ? ", " : "")}\n");
    }

    private void AppendFlow(DeviceSession session, string name, string state, string type, DeviceField zone, DeviceField[] fields)
    {
        Append($"{Blank()}{name} flow:\n");
        Line($"source:{Blank()}{Address(session, fields[0])} [{Word(session, zone)}]");
        Line($"dst:{Blank()}{Address(session, fields[1])}");
        Line($"proto:{Blank()}{session.Number(DeviceField.ProtocolId)}");
        bool joined = Next(2) == 0;
        string join = joined ? Blank() : "\n";
        Line($"sport:{Blank()}{session.Number(fields[2])}{join}dport:{Blank()}{session.Number(fields[3])}");
        Line($"state:{Blank()}{state}{join}type:{Blank()}{type}");
        Line("src user:     unknown");
    }

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text) => _text.Append(Blank()).Append(text).Append(Next(3) == 0 ? "\r\n\n" : "\n");

    private void Fact(string key, string value) => Line($"{key}{Blank()}:{Blank()}{value}");

    private void SetEnds(DeviceSession session)
    {
        IpAddress source = NextAddress(), destination = NextAddress();
        long sourcePort = Next(65_536), destinationPort = Next(65_536);
        session.Set(DeviceField.SourceAddress, source);
        session.Set(DeviceField.SourcePort, sourcePort);
        session.Set(DeviceField.DestinationAddress, destination);
        session.Set(DeviceField.DestinationPort, destinationPort);
        session.Set(DeviceField.NatSourceAddress, Next(2) == 0 ? source : NextAddress());
        session.Set(DeviceField.NatSourcePort, Next(2) == 0 ? sourcePort : Next(65_536));
        session.Set(DeviceField.NatDestinationAddress, Next(2) == 0 ? destination : NextAddress());
        session.Set(DeviceField.NatDestinationPort, Next(2) == 0 ? destinationPort : Next(65_536));
    }

    private IpAddress NextAddress() => Next(2) == 0
        ? IpAddress.FromIPv4(0xC000_0200u + (uint)Next(256))
        : new IpAddress(0x2001_0DB8_0000_0000 + (ulong)Next(65_536), (ulong)Next(int.MaxValue));

    private static string Address(DeviceSession session, DeviceField field) => session.Address(field)!.Value.ToString();

    private string Number(DeviceSession session, DeviceField field)
    {
        long value = (long)Next(int.MaxValue) * Next(1_000_000);
        session.Set(field, value);
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private string Word(DeviceSession session, DeviceField field) => Choose(session, field, Words);

    private string Choose(DeviceSession session, DeviceField field, string[] values)
    {
        string value = values[Next(values.Length)];
        if (session.Listing == DeviceListing.JunosFlowSession) value = value.Replace(",", "", StringComparison.Ordinal);
        session.Set(field, value);
        return value;
    }

    private string Blank() => Blanks[Next(Blanks.Length)];

    private int Next(int limit) => _choices[_next++ % _choices.Length] % limit;
}
