namespace FlowStream.Parsing.Panos;

/// <summary>One line of <see cref="ExtensionTable"/>.</summary>
/// <param name="Column">The column of the CSV format; see <see cref="PanosColumns"/>.</param>
/// <param name="Cef">Its keys in CEF, the one that wins first, with blanks between them.</param>
/// <param name="Leef">Its keys in LEEF likewise.</param>
internal readonly record struct ExtensionLine(string Column, string Cef, string Leef);
