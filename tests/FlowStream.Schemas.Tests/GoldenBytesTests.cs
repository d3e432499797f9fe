using System.Text.Json.Nodes;

namespace FlowStream.Schemas.Tests;

/// <summary>
/// The files in schemas/golden are what version 1 wrote; they never change. A new version adds files and keeps reading the old.
/// </summary>
public sealed class GoldenBytesTests
{
    [Fact]
    public void Golden_bytes_are_still_readable_and_encode_to_the_same_bytes()
    {
        Verify<CompletedSession>("CompletedSession.full");
        Verify<CompletedSession>("CompletedSession.bare");
        Verify<Denial>("Denial.full");
        Verify<Denial>("Denial.bare");
        Verify<BandwidthWindow>("BandwidthWindow.full");
        Verify<BandwidthWindow>("BandwidthWindow.bare");
    }

    [Fact]
    public void Golden_bytes_hold_the_values_they_were_made_from()
    {
        Assert.Equal(ExampleRecords.FullSession(), Read<CompletedSession>("CompletedSession.full"));
        Assert.Equal(ExampleRecords.BareSession(), Read<CompletedSession>("CompletedSession.bare"));
        Assert.Equal(ExampleRecords.FullDenial(), Read<Denial>("Denial.full"));
        Assert.Equal(ExampleRecords.BareDenial(), Read<Denial>("Denial.bare"));
        Assert.Equal(ExampleRecords.FullWindow(), Read<BandwidthWindow>("BandwidthWindow.full"));
        Assert.Equal(ExampleRecords.BareWindow(), Read<BandwidthWindow>("BandwidthWindow.bare"));
    }

    [Fact]
    public void Every_golden_file_is_verified()
    {
        string[] names = [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(12, names.Length);
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "golden", "v1");

    private static void Verify<T>(string name)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        T record = Read<T>(name);
        Assert.Equal(Bytes(name), RecordBytes.Framed(record, new SingleObjectFraming<T>()));
        JsonNode? expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        JsonNode? actual = JsonNode.Parse(RecordBytes.Json(record));
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{name}: {actual}");
    }

    private static T Read<T>(string name)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        var record = new T();
        new SingleObjectFraming<T>().Read(record, Bytes(name));
        return record;
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".avro"));
}
