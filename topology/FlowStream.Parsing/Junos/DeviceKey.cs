namespace FlowStream.Parsing.Junos;

/// <summary>A key that devices print in structured data.</summary>
/// <param name="Name">The key.</param>
/// <param name="Since">The first release known to print it, or the year of the oldest capture.</param>
/// <param name="Messages">The messages it was seen in.</param>
/// <param name="Absent">For a key without a field: how devices print that it has no value.</param>
internal sealed record DeviceKey(
    string Name, string Since, JunosMessages Messages, AbsentForms Absent = FieldTable.ExtraAbsent);
