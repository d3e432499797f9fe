using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing;

/// <summary>One line of <see cref="FieldTable"/>: everything the parser knows about a field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Name">Its name in the schemas and in JSON.</param>
/// <param name="Kind">What its text has to be.</param>
/// <param name="Absent">How devices print that it has no value.</param>
/// <param name="Keys">The names Junos uses; when a message has several of them, the earlier one here wins.</param>
internal sealed record FieldDefinition(Field Field, string Name, FieldKind Kind, AbsentForms Absent, params DeviceKey[] Keys);
