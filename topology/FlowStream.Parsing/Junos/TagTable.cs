using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>The one table of message tags: adding a message is one line here and one value of <see cref="EventTag"/>.</summary>
internal static class TagTable
{
    // What a message must say to be of any use to the join: which flow, and which session of it. A refused session has no id in the older
    // releases.
    private const ulong Flow = (1UL << (int)Field.SourceAddress) | (1UL << (int)Field.SourcePort) | (1UL << (int)Field.DestinationAddress)
        | (1UL << (int)Field.DestinationPort) | (1UL << (int)Field.ProtocolId);

    private const ulong Session = Flow | (1UL << (int)Field.SessionId);

    private static readonly TagDefinition[] Definitions =
    [
        new("RT_FLOW_SESSION_CREATE", EventTag.RtFlowSessionCreate, EventKind.Create, Session),
        new("RT_FLOW_SESSION_CLOSE", EventTag.RtFlowSessionClose, EventKind.Close, Session),
        new("RT_FLOW_SESSION_DENY", EventTag.RtFlowSessionDeny, EventKind.Deny, Flow),
        new("APPTRACK_SESSION_CREATE", EventTag.AppTrackSessionCreate, EventKind.Create, Session),
        new("APPTRACK_SESSION_VOL_UPDATE", EventTag.AppTrackSessionVolUpdate, EventKind.VolumeUpdate, Session),
        new("APPTRACK_SESSION_CLOSE", EventTag.AppTrackSessionClose, EventKind.Close, Session),
        new("RT_FLOW_NEXTHOP_CHANGE", EventTag.RtFlowNexthopChange, EventKind.NexthopChange, Session),
        new("APPTRACK_SESSION_ROUTE_UPDATE", EventTag.AppTrackSessionRouteUpdate, EventKind.RouteUpdate, Session),
        new("APPTRACK_SESSION_APP_UPDATE", EventTag.AppTrackSessionAppUpdate, EventKind.AppUpdate, Session),
    ];

    private static readonly NameTable Names = new([.. Definitions.Select(d => Encoding.ASCII.GetBytes(d.Name))]);

    /// <summary>The definition of the message called <paramref name="name"/>, or null.</summary>
    public static TagDefinition? Find(ReadOnlySpan<byte> name)
    {
        int index = Names.Find(name);
        return index < 0 ? null : Definitions[index];
    }

    /// <summary>The name of <paramref name="tag"/> as Junos prints it.</summary>
    public static string Name(EventTag tag) => tag == EventTag.PanosTraffic ? "TRAFFIC" : Array.Find(Definitions, d => d.Tag == tag)?.Name
        ?? throw new ArgumentOutOfRangeException(nameof(tag), tag, "Not the tag of a message.");
}
