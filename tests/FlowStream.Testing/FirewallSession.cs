using System.Globalization;
using System.Text;

namespace FlowStream.Testing;

/// <summary>A session of a made-up Juniper firewall: the log lines that it sends of it, and how it lists it on its terminal.</summary>
/// <param name="Host">The firewall's name.</param>
/// <param name="Id">Its number for the session.</param>
/// <param name="Start">When the session began.</param>
public sealed record FirewallSession(string Host, long Id, DateTimeOffset Start)
{
    /// <summary>The client's address.</summary>
    public string Source { get; init; } = "192.0.2.16";

    /// <summary>The client's port.</summary>
    public int SourcePort { get; init; } = 50_000;

    /// <summary>The server's address.</summary>
    public string Destination { get; init; } = "198.51.100.4";

    /// <summary>The server's port.</summary>
    public int DestinationPort { get; init; } = 443;

    /// <summary>Number of the IP protocol: 6 or 17.</summary>
    public int Protocol { get; init; } = 6;

    /// <summary>The application, once it is known.</summary>
    public string Application { get; init; } = "SSL";

    /// <summary>The interface on the client's side.</summary>
    public string Interface { get; init; } = "ge-0/0/0.0";

    /// <summary>The message that the session began.</summary>
    public string Create() => Line("RT_FLOW", "RT_FLOW_SESSION_CREATE", Start, "");

    /// <summary>The message that so much has flowed in each direction, with a packet for each 100 bytes.</summary>
    public string Update(DateTimeOffset time, long bytesFromClient, long bytesFromServer) =>
        Line("AppTrack", "APPTRACK_SESSION_VOL_UPDATE", time, Totals(time, bytesFromClient, bytesFromServer));

    /// <summary>The message that the session ended.</summary>
    public string Close(DateTimeOffset time, long bytesFromClient, long bytesFromServer) =>
        Line("RT_FLOW", "RT_FLOW_SESSION_CLOSE", time, $" reason=\"TCP FIN\"{Totals(time, bytesFromClient, bytesFromServer)}");

    /// <summary>The session in <c>show security flow session</c>.</summary>
    public string Listed(long bytesFromClient, long bytesFromServer)
    {
        string client = $"{Source}/{SourcePort}", server = $"{Destination}/{DestinationPort}", name = Protocol == 6 ? "tcp" : "udp";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Session ID: {Id}, Policy name: permit-web/5, Timeout: 1798, Valid
              In: {client} --> {server};{name}, Conn Tag: 0x0, If: {Interface}, Pkts: {bytesFromClient / 100}, Bytes: {bytesFromClient},
              Out: {server} --> {client};{name}, Conn Tag: 0x0, If: ge-0/0/1.0, Pkts: {bytesFromServer / 100}, Bytes: {bytesFromServer},

            """);
    }

    /// <summary>The session in <c>show security flow session extensive</c>.</summary>
    public string ListedExtensively(long bytesFromClient, long bytesFromServer)
    {
        string client = $"{Source}/{SourcePort}", server = $"{Destination}/{DestinationPort}", name = Protocol == 6 ? "tcp" : "udp";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Session ID: {Id}, Status: Normal
            Flags: 0x40/0x0/0x8003
            Policy name: permit-web/5
            Source NAT pool: Null, Application: junos-https/58
            Maximum timeout: 1800, Current timeout: 1798
            Session State: Valid
            Start time: {Start.ToUnixTimeSeconds()}, Duration: 12
               In: {client} --> {server};{name},
                Interface: {Interface},
                Session token: 0x7, Flag: 0x1021
                Route: 0xa0010, Gateway: {Source}, Tunnel: 0
                Port sequence: 0, FIN sequence: 0,
                FIN state: 0,
                Pkts: {bytesFromClient / 100}, Bytes: {bytesFromClient}
               Out: {server} --> {client};{name},
                Interface: ge-0/0/1.0,
                Session token: 0x8, Flag: 0x1020
                Route: 0xb0010, Gateway: {Destination}, Tunnel: 0
                Port sequence: 0, FIN sequence: 0,
                FIN state: 0,
                Pkts: {bytesFromServer / 100}, Bytes: {bytesFromServer}

            """);
    }

    /// <summary>The session in PAN-OS <c>show session all</c>, which has no counters.</summary>
    public string ListedByPanos() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Id,-12} {Application,-14} ACTIVE  FLOW       {Source}[{SourcePort}]/trust/{Protocol}  ({Source}[{SourcePort}])
        vsys1                                          {Destination}[{DestinationPort}]/untrust  ({Destination}[{DestinationPort}])

        """);

    private string Totals(DateTimeOffset time, long bytesFromClient, long bytesFromServer) => string.Create(
        CultureInfo.InvariantCulture,
        $" packets-from-client=\"{bytesFromClient / 100}\" bytes-from-client=\"{bytesFromClient}\"" +
        $" packets-from-server=\"{bytesFromServer / 100}\" bytes-from-server=\"{bytesFromServer}\"" +
        $" elapsed-time=\"{(long)(time - Start).TotalSeconds}\" application=\"{Application}\"");

    private string Line(string program, string tag, DateTimeOffset time, string rest)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"<14>1 {time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {Host} {program} - {tag} ");
        line.Append(CultureInfo.InvariantCulture, $"[junos@2636.1.1.1.2.129 source-address=\"{Source}\" source-port=\"{SourcePort}\"");
        line.Append(CultureInfo.InvariantCulture, $" destination-address=\"{Destination}\" destination-port=\"{DestinationPort}\"");
        line.Append(CultureInfo.InvariantCulture, $" service-name=\"junos-https\" protocol-id=\"{Protocol}\" policy-name=\"permit-web\"");
        line.Append(CultureInfo.InvariantCulture, $" source-zone-name=\"trust\" destination-zone-name=\"untrust\"");
        line.Append(CultureInfo.InvariantCulture, $" session-id-32=\"{Id}\" packet-incoming-interface=\"{Interface}\"{rest}]");
        return line.ToString();
    }
}
