using System.Text;
using static FlowStream.Parsing.Junos.RequiredFields;
using static FlowStream.Parsing.TagVariant;

namespace FlowStream.Parsing.Junos;

/// <summary>The one table of message tags: adding a message is one line here and one value of <see cref="EventTag"/>.</summary>
internal static class TagTable
{
    /// <summary>The messages that are read.</summary>
    public static readonly TagDefinition[] Definitions =
    [
        new("RT_FLOW_SESSION_CREATE", EventTag.RtFlowSessionCreate, EventKind.Create, Session, "10.2", null, LogicalSystem, Services),
        new("RT_FLOW_SESSION_CLOSE", EventTag.RtFlowSessionClose, EventKind.Close, Session, "10.2", null, LogicalSystem, Services),
        new("RT_FLOW_SESSION_DENY", EventTag.RtFlowSessionDeny, EventKind.Deny, Flow, "10.2", null, LogicalSystem, Services),
        new("APPTRACK_SESSION_CREATE", EventTag.AppTrackSessionCreate, EventKind.Create, Session, "10.2", null, LogicalSystem),
        new("APPTRACK_SESSION_VOL_UPDATE", EventTag.AppTrackSessionVolUpdate, EventKind.VolumeUpdate, Session, "10.2",
            "APPTRACK_SESSSION_VOL_UPDATE", LogicalSystem),
        new("APPTRACK_SESSION_CLOSE", EventTag.AppTrackSessionClose, EventKind.Close, Session, "10.2", null, LogicalSystem),
        new("APPTRACK_SESSION_ROUTE_UPDATE", EventTag.AppTrackSessionRouteUpdate, EventKind.RouteUpdate, Session, "15.1X49-D100", null,
            LogicalSystem),
        new("APPTRACK_SESSION_APP_UPDATE", EventTag.AppTrackSessionAppUpdate, EventKind.AppUpdate, Session, "10.3", null, LogicalSystem),
        new("RT_FLOW_NEXTHOP_CHANGE", EventTag.RtFlowNexthopChange, EventKind.NexthopChange, Session, "19.1R1", null, LogicalSystem),
        new("APBR_ZONE_MISMATCH", EventTag.ApbrZoneMismatch, EventKind.Other, Flow, "seen in test code", "APPBR_ZONE_MISMATCH"),
        new("APPQOE_BEST_PATH_SELECTED", EventTag.AppQoeBestPathSelected, EventKind.PathSelected, Session, "18.2R1"),
        new("APPQOE_PASSIVE_SLA_METRIC_REPORT", EventTag.AppQoePassiveSlaMetricReport, EventKind.SlaReport, Session, "18.2R1"),
        new("APPQOE_ACTIVE_SLA_METRIC_REPORT", EventTag.AppQoeActiveSlaMetricReport, EventKind.SlaReport, Probe, "18.2R1"),
        new("APPQOE_SLA_METRIC_VIOLATION", EventTag.AppQoeSlaMetricViolation, EventKind.SlaViolation, Session, "18.2R1"),
        new("APPQOE_APP_BEST_PATH_SELECTED", EventTag.AppQoeAppBestPathSelected, EventKind.PathSelected, Nothing, "20.4R1"),
        new("APPQOE_APP_PASSIVE_SLA_METRIC_REPORT", EventTag.AppQoeAppPassiveSlaMetricReport, EventKind.SlaReport, Nothing, "21.2R1"),
        new("APPQOE_APP_SLA_METRIC_VIOLATION", EventTag.AppQoeAppSlaMetricViolation, EventKind.SlaViolation, Nothing, "20.4R1"),
    ];

    private static readonly (string Text, TagName Name)[] Spellings = [.. Definitions.SelectMany(SpellingsOf)];

    private static readonly NameTable Names = new([.. Spellings.Select(s => Encoding.ASCII.GetBytes(s.Text))]);

    /// <summary>The number of the message called <paramref name="name"/>, from 1; 0 when there is none.</summary>
    public static int NumberOf(ReadOnlySpan<byte> name) => Names.Find(name) + 1;

    /// <summary>The message of <paramref name="number"/>, see <see cref="NumberOf"/>.</summary>
    public static TagName At(int number) => Spellings[number - 1].Name;

    /// <summary>The message called <paramref name="name"/>, or null.</summary>
    public static TagName? Find(ReadOnlySpan<byte> name) => NumberOf(name) is > 0 and var number ? At(number) : null;

    /// <summary>The name of <paramref name="tag"/> as its device prints it.</summary>
    public static string Name(EventTag tag, TagVariant variant = Plain) => tag switch
    {
        EventTag.PanosTraffic => "TRAFFIC",
        EventTag.LastMessageRepeated => "last message repeated",
        _ => Array.Find(Spellings, s => s.Name.Definition.Tag == tag && s.Name.Variant == variant).Text
            ?? throw new ArgumentOutOfRangeException(nameof(tag), tag, "Not the tag of a message."),
    };

    private static IEnumerable<(string Text, TagName Name)> SpellingsOf(TagDefinition definition)
    {
        yield return (definition.Name, new TagName(definition, Plain, Repair.None));
        foreach (TagVariant variant in definition.Variants)
            yield return (definition.Name + (variant == LogicalSystem ? "_LS" : "_USF"), new TagName(definition, variant, Repair.None));
        if (definition.Misspelling is { } wrong) yield return (wrong, new TagName(definition, Plain, Repair.MisspelledTag));
    }
}
