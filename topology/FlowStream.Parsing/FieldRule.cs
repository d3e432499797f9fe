namespace FlowStream.Parsing;

/// <summary>What to do with the value of one key; see <see cref="FieldDefinition"/>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Kind">What its text has to be.</param>
/// <param name="Absent">How devices print that it has no value.</param>
/// <param name="Rank">Place of the key among the names of the field: the lowest wins.</param>
internal readonly record struct FieldRule(Field Field, FieldKind Kind, AbsentForms Absent, byte Rank);
