using System.Text;
using System.Text.Json;

namespace FlowStream.Schemas.Generator;

/// <summary>The Parsing Canonical Form of a schema (Avro 1.11 specification, "Transforming into Parsing Canonical Form").</summary>
internal static class CanonicalForm
{
    // The only attributes that stay, in the order in which they stay.
    private static readonly string[] Kept = ["name", "type", "fields", "symbols", "items", "values", "size"];

    private static readonly HashSet<string> Primitives =
        new(StringComparer.Ordinal) { "null", "boolean", "int", "long", "float", "double", "bytes", "string" };

    public static string Of(JsonElement schema)
    {
        var text = new StringBuilder();
        Append(text, schema, "");
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement schema, string space)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.String:
                text.Append('"').Append(FullName(schema.GetString()!, space)).Append('"');
                break;
            case JsonValueKind.Array:
                AppendList(text, schema, element => Append(text, element, space));
                break;
            case JsonValueKind.Object:
                AppendObject(text, schema, space);
                break;
            default:
                throw new SchemaException($"A schema is a string, an array or an object, not {schema.ValueKind}.");
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement schema, string space)
    {
        JsonElement type = schema.GetProperty("type");
        if (type.ValueKind == JsonValueKind.String && Primitives.Contains(type.GetString()!))
        {
            text.Append('"').Append(type.GetString()).Append('"');
            return;
        }
        if (schema.TryGetProperty("namespace", out JsonElement own)) space = own.GetString()!;
        char separator = '{';
        foreach (string attribute in Kept)
        {
            if (!schema.TryGetProperty(attribute, out JsonElement value)) continue;
            text.Append(separator).Append('"').Append(attribute).Append("\":");
            separator = ',';
            AppendAttribute(text, attribute, value, space);
        }
        text.Append('}');
    }

    private static void AppendAttribute(StringBuilder text, string attribute, JsonElement value, string space)
    {
        switch (attribute)
        {
            case "name":
                text.Append('"').Append(FullName(value.GetString()!, space)).Append('"');
                break;
            case "type":
                text.Append('"').Append(value.GetString()).Append('"');
                break;
            case "fields":
                AppendList(text, value, field => AppendField(text, field, space));
                break;
            case "symbols":
                AppendList(text, value, symbol => text.Append('"').Append(symbol.GetString()).Append('"'));
                break;
            case "size":
                text.Append(value.GetInt32());
                break;
            default:
                Append(text, value, space);
                break;
        }
    }

    private static void AppendField(StringBuilder text, JsonElement field, string space)
    {
        text.Append("{\"name\":\"").Append(field.GetProperty("name").GetString()).Append("\",\"type\":");
        Append(text, field.GetProperty("type"), space);
        text.Append('}');
    }

    private static void AppendList(StringBuilder text, JsonElement list, Action<JsonElement> append)
    {
        text.Append('[');
        bool first = true;
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (!first) text.Append(',');
            first = false;
            append(element);
        }
        text.Append(']');
    }

    private static string FullName(string name, string space) =>
        Primitives.Contains(name) || name.Contains('.', StringComparison.Ordinal) || space.Length == 0 ? name : $"{space}.{name}";
}
