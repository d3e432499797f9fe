using System.Text;
using System.Text.Json;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class PanosSessionFlagTests
{
    [Theory]
    [InlineData(0x0000_0000, "")]
    [InlineData(0x0040_0053, "nat")]
    [InlineData(0x0040_441A, "nat decrypt-mirror")]
    [InlineData(0x8300_8100, "packet-capture ipv6 decrypted container-page tunnel-inspected")]
    public void Flags_have_the_names_of_the_guide(uint flags, string expected) =>
        Assert.Equal(expected, string.Join(' ', SessionFlagNames.Of(flags)));

    [Fact]
    public void Json_lists_them_beside_the_number()
    {
        var sessionEvent = new SessionEvent();
        Assert.True(CsvLines.Parse(CsvLines.Cases[0].Line, sessionEvent).Accepted);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) EventJson.Write(writer, sessionEvent);
        string json = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("\"session_flags\":\"0x00400053\",\"flags\":[\"nat\"]", json, StringComparison.Ordinal);
    }
}
