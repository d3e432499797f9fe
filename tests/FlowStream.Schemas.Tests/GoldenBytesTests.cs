using System.Text.Json.Nodes;

namespace FlowStream.Schemas.Tests;

/// <summary>
/// The files in schemas/golden are what each version wrote; they never change. A new version adds files and keeps reading the old.
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
        Verify<BandwidthWindow>("BandwidthWindow.full", "v2");
        Verify<BandwidthWindow>("BandwidthWindow.bare", "v2");
    }

    [Fact]
    public void Golden_bytes_hold_the_values_they_were_made_from()
    {
        Assert.Equal(ExampleRecords.FullSession(), Read<CompletedSession>("CompletedSession.full"));
        Assert.Equal(ExampleRecords.BareSession(), Read<CompletedSession>("CompletedSession.bare"));
        Assert.Equal(ExampleRecords.FullDenial(), Read<Denial>("Denial.full"));
        Assert.Equal(ExampleRecords.BareDenial(), Read<Denial>("Denial.bare"));
        Assert.Equal(ExampleRecords.FullWindow(), Read<BandwidthWindow>("BandwidthWindow.full", "v2"));
        Assert.Equal(ExampleRecords.BareWindow(), Read<BandwidthWindow>("BandwidthWindow.bare", "v2"));
    }

    [Fact]
    public void What_version_1_wrote_is_read_with_the_defaults_of_the_fields_it_did_not_have()
    {
        BandwidthWindow full = ExampleRecords.FullWindow();
        full.SessionsActive = full.ErrorBytes = 0;
        full.EndReasons.Clear();
        Assert.Equal(full, Read<BandwidthWindow>("BandwidthWindow.full"));
        Assert.Equal(ExampleRecords.BareWindow(), Read<BandwidthWindow>("BandwidthWindow.bare"));
        // Nothing of a record read before stays.
        BandwidthWindow reused = ExampleRecords.FullWindow();
        new SingleObjectFraming<BandwidthWindow>().Read(reused, Bytes("BandwidthWindow.bare", "v1"));
        Assert.Equal(ExampleRecords.BareWindow(), reused);
        Assert.Throws<InvalidDataException>(
            () => new SingleObjectFraming<BandwidthWindow>().Read(reused, Bytes("Denial.bare", "v1")));
    }

    [Fact]
    public void Every_golden_file_is_verified()
    {
        Assert.Equal(12, Directory.GetFiles(Folder("v1")).Length);
        Assert.Equal(4, Directory.GetFiles(Folder("v2")).Length);
    }

    private static string Folder(string version) => Path.Combine(AppContext.BaseDirectory, "golden", version);

    private static void Verify<T>(string name, string version = "v1")
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        T record = Read<T>(name, version);
        Assert.Equal(Bytes(name, version), RecordBytes.Framed(record, new SingleObjectFraming<T>()));
        JsonNode? expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(version), name + ".json")));
        JsonNode? actual = JsonNode.Parse(RecordBytes.Json(record));
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{name}: {actual}");
    }

    private static T Read<T>(string name, string version = "v1")
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        var record = new T();
        new SingleObjectFraming<T>().Read(record, Bytes(name, version));
        return record;
    }

    private static byte[] Bytes(string name, string version) => File.ReadAllBytes(Path.Combine(Folder(version), name + ".avro"));
}
