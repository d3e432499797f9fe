namespace FlowStream.Parsing.Junos;

/// <summary>One line of <see cref="TagTable"/>.</summary>
/// <param name="Name">The tag as Junos prints it.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Kind">What a message with this tag says.</param>
/// <param name="Required">The fields it must have: one bit for each <see cref="Field"/>.</param>
internal sealed record TagDefinition(string Name, EventTag Tag, EventKind Kind, ulong Required);
