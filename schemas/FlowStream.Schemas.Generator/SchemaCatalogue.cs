using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowStream.Schemas.Generator;

/// <summary>Every named type of the .avsc files read. A type that two files define must be the same in both.</summary>
internal sealed class SchemaCatalogue
{
    private readonly Dictionary<string, RecordSchema> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumSchema> _enums = new(StringComparer.Ordinal);

    public IEnumerable<RecordSchema> Records => _records.Values;

    public IEnumerable<EnumSchema> Enums => _enums.Values;

    /// <summary>Adds the record that <paramref name="json"/> defines and the types inside it.</summary>
    /// <exception cref="SchemaException">It is not what the generator supports.</exception>
    public void Add(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        AddRecord(document.RootElement);
    }

    private string AddRecord(JsonElement schema)
    {
        string name = Text(schema, "name");
        if (Text(schema, "type") != "record") throw new SchemaException($"{name} is not a record.");
        var fields = new List<SchemaField>();
        foreach (JsonElement field in schema.GetProperty("fields").EnumerateArray()) fields.Add(ReadField(name, field));
        var record = new RecordSchema(
            name, Text(schema, "doc"), fields, JsonSerializer.Serialize(schema), RabinFingerprint.Compute(CanonicalForm.Of(schema)))
        {
            Earlier = ReadEarlier(schema),
        };
        if (_records.TryGetValue(name, out RecordSchema? known) && known.Json != record.Json)
            throw new SchemaException($"{name} is defined in two ways.");
        _records[name] = record;
        return name;
    }

    // Fields are only ever appended, so an earlier version is the first ones of the record.
    private static List<(int Fields, ulong Fingerprint)> ReadEarlier(JsonElement schema)
    {
        var earlier = new List<(int Fields, ulong Fingerprint)>();
        if (!schema.TryGetProperty("earlier", out JsonElement counts)) return earlier;
        foreach (JsonElement count in counts.EnumerateArray())
        {
            JsonObject version = JsonObject.Create(schema)!;
            JsonArray fields = version["fields"]!.AsArray();
            while (fields.Count > count.GetInt32()) fields.RemoveAt(fields.Count - 1);
            using JsonDocument document = JsonDocument.Parse(version.ToJsonString());
            earlier.Add((count.GetInt32(), RabinFingerprint.Compute(CanonicalForm.Of(document.RootElement))));
        }
        return earlier;
    }

    private string AddEnum(JsonElement schema)
    {
        string name = Text(schema, "name");
        var symbols = schema.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()!).ToList();
        if (_enums.TryGetValue(name, out EnumSchema? known) && !known.Symbols.SequenceEqual(symbols))
            throw new SchemaException($"{name} is defined in two ways.");
        _enums[name] = new EnumSchema(name, Text(schema, "doc"), symbols);
        return name;
    }

    private SchemaField ReadField(string record, JsonElement field)
    {
        string name = Text(field, "name");
        JsonElement type = field.GetProperty("type");
        bool optional = type.ValueKind == JsonValueKind.Array;
        if (optional)
        {
            if (type.GetArrayLength() != 2 || type[0].ToString() != "null")
                throw new SchemaException($"{record}.{name}: the only union supported is null and one other type, in this order.");
            type = type[1];
        }
        (FieldKind kind, string typeName) = ReadType($"{record}.{name}", type);
        if (optional && kind > FieldKind.Boolean)
            throw new SchemaException($"{record}.{name}: an optional {kind} is not supported.");
        return new SchemaField(name, Text(field, "doc"), kind, optional, typeName);
    }

    private (FieldKind Kind, string TypeName) ReadType(string place, JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String) return (Primitive(place, type.GetString()!), "");
        string name = Text(type, "type");
        switch (name)
        {
            case "enum":
                return (FieldKind.Enumeration, AddEnum(type));
            case "array":
                JsonElement items = type.GetProperty("items");
                return items.ValueKind == JsonValueKind.Object
                    ? (FieldKind.RecordArray, AddRecord(items))
                    : (OnlyText(place, items, FieldKind.TextArray), "");
            case "map":
                JsonElement values = type.GetProperty("values");
                bool areNumbers = values.ValueKind == JsonValueKind.String && values.GetString() == "long";
                return (areNumbers ? FieldKind.LongMap : OnlyText(place, values, FieldKind.TextMap), "");
            case "long" when type.TryGetProperty("logicalType", out JsonElement logical) && logical.GetString() == "timestamp-millis":
                return (FieldKind.Timestamp, "");
            default:
                throw new SchemaException($"{place}: the type {type} is not supported.");
        }
    }

    private static FieldKind OnlyText(string place, JsonElement element, FieldKind kind) =>
        element.ValueKind == JsonValueKind.String && element.GetString() == "string"
            ? kind
            : throw new SchemaException($"{place}: only text is supported there.");

    private static FieldKind Primitive(string place, string name) => name switch
    {
        "string" => FieldKind.Text,
        "long" => FieldKind.Long,
        "int" => FieldKind.Int,
        "boolean" => FieldKind.Boolean,
        _ => throw new SchemaException($"{place}: the type {name} is not supported."),
    };

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new SchemaException($"Every type and field needs a \"{property}\": {element}");
}
