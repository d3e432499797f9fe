using FlowStream.Sessions.Table;

namespace FlowStream.Queries;

/// <summary>A filter by its name on the command line and in an address.</summary>
/// <param name="Name">Its name, as Junos has it: <c>source-prefix</c>.</param>
/// <param name="Form">The form of its value in a word: <c>PREFIX</c>.</param>
/// <param name="Meaning">What it lets pass, and what a value looks like.</param>
/// <param name="TrySet">Sets it on a filter; null when the text is no value of it.</param>
public sealed record FilterParameter(string Name, string Form, string Meaning, Func<SessionFilter, string, SessionFilter?> TrySet);
