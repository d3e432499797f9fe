namespace FlowStream.Parsing.Junos;

/// <summary>One line of <see cref="TagTable"/>.</summary>
/// <param name="Name">The tag as Junos prints it, without a suffix.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Kind">What a message with this tag says.</param>
/// <param name="Required">The fields it must have: one bit for each <see cref="Field"/>.</param>
/// <param name="Since">The first release known to print it, or the year of the oldest capture.</param>
/// <param name="Misspelling">A wrong spelling that occurs, or null.</param>
/// <param name="Variants">The forms it has besides the plain name.</param>
internal sealed record TagDefinition(
    string Name, EventTag Tag, EventKind Kind, ulong Required, string Since, string? Misspelling = null, params TagVariant[] Variants);
