using FlowStream.Schemas;

namespace FlowStream.Cli.Summary;

/// <summary>What the live summary shows of one session.</summary>
internal sealed record RecentSession(
    DateTimeOffset End, string Device, string Flow, string Application, string EndReason, long FromClient, long FromServer)
{
    public static RecentSession Of(CompletedSession session) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(session.EndTime),
        session.DeviceHost.ToString(),
        $"{session.SourceAddress}/{session.SourcePort} -> {session.DestinationAddress}/{session.DestinationPort}",
        (session.NestedApplication ?? session.Application)?.ToString() ?? "-",
        session.EndReason.ToString(),
        session.BytesFromClient,
        session.BytesFromServer);
}
