namespace FlowStream.Schemas.Generator;

/// <summary>A record type of the contract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Fields">Its fields, in the order of the encoding.</param>
/// <param name="Json">The schema as JSON without white space.</param>
/// <param name="Fingerprint">CRC-64-AVRO of its Parsing Canonical Form.</param>
internal sealed record RecordSchema(string Name, string Doc, IReadOnlyList<SchemaField> Fields, string Json, ulong Fingerprint)
{
    /// <summary>Its earlier versions: how many of the fields each had, and its fingerprint.</summary>
    public IReadOnlyList<(int Fields, ulong Fingerprint)> Earlier { get; init; } = [];
}
