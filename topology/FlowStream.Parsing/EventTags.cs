using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing;

/// <summary>The names of <see cref="EventTag"/>.</summary>
public static class EventTags
{
    /// <summary>The tag as Junos prints it, such as <c>RT_FLOW_SESSION_CLOSE</c> or <c>RT_FLOW_SESSION_CLOSE_LS</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="tag"/> is <see cref="EventTag.None"/> or has no form <paramref name="variant"/>.
    /// </exception>
    public static string Name(this EventTag tag, TagVariant variant = TagVariant.Plain) => TagTable.Name(tag, variant);
}
