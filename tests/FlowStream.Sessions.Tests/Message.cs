using System.Globalization;
using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

/// <summary>One message of a device, as a model that prints itself as a structured RT_FLOW or AppTrack line.</summary>
public sealed record Message(EventTag Tag, long Time)
{
    public string Host { get; init; } = "fw1";

    public long Id { get; init; } = 1001;

    public string Source { get; init; } = "192.0.2.10";

    public int SourcePort { get; init; } = 40000;

    public string Destination { get; init; } = "198.51.100.7";

    public int Protocol { get; init; } = 6;

    public string? LogicalSystem { get; init; }

    public long? Elapsed { get; init; }

    public Volume? Totals { get; init; }

    public string? Application { get; init; }

    public string? Nested { get; init; }

    public string? Username { get; init; }

    public string? Reason { get; init; }

    public string? NatSource { get; init; }

    public IReadOnlyList<(string Key, string Value)> Extras { get; init; } = [];

    /// <summary>How the header prints the time: with a zone, without, or not at all.</summary>
    public string TimeFormat { get; init; } = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public bool IsCreate => Tag is EventTag.RtFlowSessionCreate or EventTag.AppTrackSessionCreate;

    public bool IsClose => Tag is EventTag.RtFlowSessionClose or EventTag.AppTrackSessionClose;

    public string TagName => Tag switch
    {
        EventTag.RtFlowSessionCreate => "RT_FLOW_SESSION_CREATE",
        EventTag.RtFlowSessionClose => "RT_FLOW_SESSION_CLOSE",
        EventTag.RtFlowSessionDeny => "RT_FLOW_SESSION_DENY",
        EventTag.AppTrackSessionCreate => "APPTRACK_SESSION_CREATE",
        EventTag.AppTrackSessionVolUpdate => "APPTRACK_SESSION_VOL_UPDATE",
        EventTag.AppTrackSessionAppUpdate => "APPTRACK_SESSION_APP_UPDATE",
        EventTag.AppTrackSessionRouteUpdate => "APPTRACK_SESSION_ROUTE_UPDATE",
        EventTag.RtFlowNexthopChange => "RT_FLOW_NEXTHOP_CHANGE",
        EventTag.AppQoeBestPathSelected => "APPQOE_BEST_PATH_SELECTED",
        EventTag.AppQoePassiveSlaMetricReport => "APPQOE_PASSIVE_SLA_METRIC_REPORT",
        EventTag.AppQoeSlaMetricViolation => "APPQOE_SLA_METRIC_VIOLATION",
        _ => "APPTRACK_SESSION_CLOSE",
    };

    public byte[] Line()
    {
        string time = TimeFormat.Length == 0
            ? "-"
            : DateTimeOffset.FromUnixTimeMilliseconds(Time).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        string program = Tag.ToString().StartsWith("Rt", StringComparison.Ordinal) ? "RT_FLOW" : "AppTrack";
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"<14>1 {time} {Host} {program} - {TagName} [junos@2636.1.1.1.2.129");
        if (LogicalSystem is not null) Add(line, "logical-system-name", LogicalSystem);
        if (Reason is not null) Add(line, "reason", Reason);
        Add(line, "source-address", Source);
        Add(line, "source-port", SourcePort);
        Add(line, "destination-address", Destination);
        Add(line, "destination-port", 443);
        Add(line, "service-name", "junos-https");
        Add(line, "application", Application ?? "UNKNOWN");
        Add(line, "nested-application", Nested ?? "UNKNOWN");
        if (NatSource is not null) Add(line, "nat-source-address", NatSource);
        if (NatSource is not null) Add(line, "nat-source-port", SourcePort + 1);
        Add(line, "protocol-id", Protocol);
        Add(line, "policy-name", "permit-web");
        Add(line, "source-zone-name", "trust");
        Add(line, "destination-zone-name", "untrust");
        Add(line, Tag == EventTag.RtFlowSessionClose ? "session-id" : "session-id-32", Id);
        AddTotals(line);
        if (Elapsed is not null) Add(line, "elapsed-time", Elapsed);
        Add(line, "username", Username ?? "N/A");
        foreach ((string key, string value) in Extras) Add(line, key, value);
        line.Append(']');
        return Encoding.UTF8.GetBytes(line.ToString());
    }

    /// <summary>The message as the parser reads it.</summary>
    public SessionEvent Parse(SessionEvent into)
    {
        Refusal refusal = SyslogParser.Parse(Line(), into);
        Assert.True(refusal.Accepted, $"{refusal}: {Encoding.UTF8.GetString(Line())}");
        return into;
    }

    private void AddTotals(StringBuilder line)
    {
        if (Totals is not { } totals) return;
        Add(line, "packets-from-client", totals.PacketsFromClient);
        Add(line, "bytes-from-client", totals.BytesFromClient);
        Add(line, "packets-from-server", totals.PacketsFromServer);
        Add(line, "bytes-from-server", totals.BytesFromServer);
    }

    private static void Add(StringBuilder line, string key, object value) =>
        line.Append(CultureInfo.InvariantCulture, $" {key}=\"{value}\"");
}
