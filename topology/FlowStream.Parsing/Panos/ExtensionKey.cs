namespace FlowStream.Parsing.Panos;

/// <summary>What becomes of the value of one key; see <see cref="ExtensionKeys"/>.</summary>
/// <param name="Use">How to take the value.</param>
/// <param name="Column">The column of the CSV format that it is, for <see cref="ExtensionUse.Column"/>.</param>
/// <param name="Slot">Which custom field of CEF it belongs to, for the two uses about them.</param>
internal readonly record struct ExtensionKey(ExtensionUse Use, PanosColumn Column, byte Slot);
