namespace FlowStream.Schemas.Generator;

/// <summary>One field of a record.</summary>
/// <param name="Name">Name in the schema.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Optional">True for a union of null and the type.</param>
/// <param name="TypeName">Name of the enum or of the record of the array's items; empty for other kinds.</param>
internal sealed record SchemaField(string Name, string Doc, FieldKind Kind, bool Optional, string TypeName)
{
    public string PropertyName => Names.Pascal(Name);
}
