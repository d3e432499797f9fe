namespace FlowStream.Schemas.Generator;

/// <summary>The C# of one field in each method of a record.</summary>
internal static class FieldCode
{
    public static string Property(SchemaField field)
    {
        string name = field.PropertyName;
        string mark = field.Optional ? "?" : "";
        return field.Kind switch
        {
            // A text is written from where it lies: the record's copy of each would be half of the writing.
            FieldKind.Text => $"public Utf8Text{mark} {name} {{ get => {Store(field)}; set => {Store(field)} = value; }}\n\n"
                + $"    private Utf8Text{mark} {Store(field)};",
            FieldKind.Long or FieldKind.Timestamp => $"public long{mark} {name} {{ get; set; }}",
            FieldKind.Int => $"public int{mark} {name} {{ get; set; }}",
            FieldKind.Boolean => $"public bool{mark} {name} {{ get; set; }}",
            FieldKind.Enumeration => $"public {field.TypeName} {name} {{ get; set; }}",
            FieldKind.TextArray => $"public AvroArray<Utf8Text> {name} {{ get; }} = new();",
            FieldKind.RecordArray => $"public AvroRecordArray<{field.TypeName}> {name} {{ get; }} = new();",
            FieldKind.TextMap => $"public AvroMap {name} {{ get; }} = new();",
            FieldKind.LongMap => $"public AvroCounts {name} {{ get; }} = new();",
            _ => throw new InvalidOperationException($"No code for {field.Kind}."),
        };
    }

    public static string Clear(SchemaField field) =>
        field.Kind >= FieldKind.TextArray ? $"{field.PropertyName}.Clear();" : $"{field.PropertyName} = default;";

    // A writer's method has one form for what may be absent and one for what may not.
    public static string Write(SchemaField field) => field.Kind switch
    {
        FieldKind.Text => $"writer.WriteText(in {Store(field)});",
        FieldKind.Long or FieldKind.Timestamp or FieldKind.Int => $"writer.WriteLong({field.PropertyName});",
        FieldKind.Boolean => $"writer.WriteBoolean({field.PropertyName});",
        FieldKind.Enumeration => $"writer.WriteLong((int){field.PropertyName});",
        FieldKind.TextArray => $"writer.WriteTexts({field.PropertyName});",
        FieldKind.RecordArray => $"writer.WriteRecords({field.PropertyName});",
        FieldKind.TextMap => $"writer.WriteMap({field.PropertyName});",
        FieldKind.LongMap => $"writer.WriteCounts({field.PropertyName});",
        _ => throw new InvalidOperationException($"No code for {field.Kind}."),
    };

    public static string Read(SchemaField field)
    {
        string name = field.PropertyName;
        return field.Kind switch
        {
            FieldKind.TextArray => $"reader.ReadTexts({name});",
            FieldKind.RecordArray => $"reader.ReadRecords({name});",
            FieldKind.TextMap => $"reader.ReadMap({name});",
            FieldKind.LongMap => $"reader.ReadCounts({name});",
            _ => $"{name} = {(field.Optional ? $"reader.ReadBranch() ? {ReadValue(field)} : null" : ReadValue(field))};",
        };
    }

    public static string WriteJson(SchemaField field)
    {
        string name = field.PropertyName;
        if (!field.Optional) return WriteJsonValue(field, name);
        return $"if ({name} is {{ }} present{name}) {WriteJsonValue(field, $"present{name}")}";
    }

    private static string Store(SchemaField field) => $"_{char.ToLowerInvariant(field.PropertyName[0])}{field.PropertyName[1..]}";

    private static string ReadValue(SchemaField field) => field.Kind switch
    {
        FieldKind.Text => "reader.ReadText()",
        FieldKind.Long or FieldKind.Timestamp => "reader.ReadLong()",
        FieldKind.Int => "reader.ReadInt()",
        FieldKind.Boolean => "reader.ReadBoolean()",
        FieldKind.Enumeration => $"({field.TypeName})reader.ReadSymbol({field.TypeName}Symbols.Count)",
        _ => throw new InvalidOperationException($"No code for {field.Kind}."),
    };

    private static string WriteJsonValue(SchemaField field, string value)
    {
        string name = $"\"{field.Name}\"u8";
        return field.Kind switch
        {
            FieldKind.Text => $"RecordJson.WriteText(json, {name}, {value}.Span);",
            FieldKind.Long or FieldKind.Int => $"json.WriteNumber({name}, {value});",
            FieldKind.Timestamp => $"RecordJson.WriteTimestamp(json, {name}, {value});",
            FieldKind.Boolean => $"json.WriteBoolean({name}, {value});",
            FieldKind.Enumeration => $"json.WriteString({name}, {value}.Symbol());",
            FieldKind.TextArray => $"RecordJson.WriteTexts(json, {name}, {value});",
            FieldKind.RecordArray => $"RecordJson.WriteRecords(json, {name}, {value});",
            FieldKind.TextMap => $"RecordJson.WriteMap(json, {name}, {value});",
            FieldKind.LongMap => $"RecordJson.WriteCounts(json, {name}, {value});",
            _ => throw new InvalidOperationException($"No code for {field.Kind}."),
        };
    }
}
