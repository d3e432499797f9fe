using System.Text.Json;
using FlowStream.Schemas.Generator;

namespace FlowStream.Schemas.Tests;

public sealed class FingerprintTests
{
    // The specification's own examples of canonical forms and fingerprints (share/test/data/schema-tests.txt of Apache Avro).
    [Theory]
    [InlineData("\"null\"", "\"null\"", 0x63DD24E7CC258F8AUL)]
    [InlineData("{\"type\":\"null\"}", "\"null\"", 0x63DD24E7CC258F8AUL)]
    [InlineData("\"int\"", "\"int\"", 0x7275D51A3F395C8FUL)]
    [InlineData("\"string\"", "\"string\"", 0x8F014872634503C7UL)]
    public void The_fingerprint_is_that_of_the_specification(string schema, string canonical, ulong fingerprint)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        string form = CanonicalForm.Of(document.RootElement);
        Assert.Equal(canonical, form);
        Assert.Equal(fingerprint, RabinFingerprint.Compute(form));
    }

    [Fact]
    public void The_canonical_form_drops_what_does_not_matter_and_spells_names_out()
    {
        const string Schema = """
            {"type":"record","namespace":"n.s","doc":"d","name":"R","fields":[
              {"doc":"x","type":{"type":"long","logicalType":"timestamp-millis"},"name":"t"},
              {"name":"e","type":{"symbols":["a","b"],"name":"E","type":"enum","doc":"y"},"default":"a"},
              {"name":"u","type":["null","E"],"default":null},
              {"name":"l","type":{"items":"string","type":"array"}}]}
            """;
        using JsonDocument document = JsonDocument.Parse(Schema);
        Assert.Equal(
            "{\"name\":\"n.s.R\",\"type\":\"record\",\"fields\":[{\"name\":\"t\",\"type\":\"long\"},"
            + "{\"name\":\"e\",\"type\":{\"name\":\"n.s.E\",\"type\":\"enum\",\"symbols\":[\"a\",\"b\"]}},"
            + "{\"name\":\"u\",\"type\":[\"null\",\"n.s.E\"]},{\"name\":\"l\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}]}",
            CanonicalForm.Of(document.RootElement));
    }

    [Theory]
    [InlineData("""{"type":"record","name":"R","doc":"d","fields":[{"name":"f","doc":"d","type":"double"}]}""", "R.f")]
    [InlineData("""{"type":"record","name":"R","doc":"d","fields":[{"name":"f","doc":"d","type":["int","null"]}]}""", "R.f")]
    [InlineData("""{"type":"record","name":"R","doc":"d","fields":[{"name":"f","type":"int"}]}""", "doc")]
    public void A_schema_that_is_not_supported_stops_with_its_place(string schema, string place)
    {
        var fault = Assert.Throws<SchemaException>(() => new SchemaCatalogue().Add(schema));
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }
}
