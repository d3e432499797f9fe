using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing;

/// <summary>The names of <see cref="EventTag"/>.</summary>
public static class EventTags
{
    /// <summary>The tag as Junos prints it, such as <c>RT_FLOW_SESSION_CLOSE</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tag"/> is <see cref="EventTag.None"/>.</exception>
    public static string Name(this EventTag tag) => TagTable.Name(tag);
}
