namespace FlowStream.Schemas.Generator;

/// <summary>An enum type of the contract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Symbols">Its symbols, in the order of the encoding.</param>
internal sealed record EnumSchema(string Name, string Doc, IReadOnlyList<string> Symbols);
