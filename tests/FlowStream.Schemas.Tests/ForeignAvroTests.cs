using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Schemas.Tests;

/// <summary>Debian's python3-avro reads what we wrote and we read what it wrote, every field, in both framings.</summary>
public sealed class ForeignAvroTests
{
    private const int SchemaId = 70_001;

    [Fact]
    public void Sessions_cross_both_ways() => Cross(ExampleRecords.FullSession(), ExampleRecords.BareSession());

    [Fact]
    public void Denials_cross_both_ways() => Cross(ExampleRecords.FullDenial(), ExampleRecords.BareDenial());

    [Fact]
    public void Windows_cross_both_ways() => Cross(ExampleRecords.FullWindow(), ExampleRecords.BareWindow());

    [Fact]
    public void Paths_cross_both_ways() => Cross<PathQuality>();

    private static void Cross<T>(params T[] examples)
        where T : class, IAvroRecord, IEquatable<T>, new() =>
        Properties.WithSeed(seed =>
        {
            List<T> records = [.. examples, .. RecordGenerator.Of<T>().Sample(50, 40)];
            Cross(records, new SingleObjectFraming<T>(), "single");
            Cross(records, new ConfluentFraming<T>(SchemaId), "confluent");
        });

    private static void Cross<T>(List<T> records, IRecordFraming<T> framing, string framingName)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        List<string> ours = [.. records.Select(record => Convert.ToHexString(RecordBytes.Framed(record, framing)))];
        List<string> json = [.. records.Select(RecordBytes.Json)];

        List<string> theirJson = Run<T>("read", framingName, ours);
        for (int i = 0; i < records.Count; i++)
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json[i]), JsonNode.Parse(theirJson[i])), $"{json[i]}\n{theirJson[i]}");

        List<string> theirs = Run<T>("write", framingName, json);
        for (int i = 0; i < records.Count; i++)
        {
            var read = new T();
            framing.Read(read, Convert.FromHexString(theirs[i]));
            Assert.Equal(records[i], read);
        }
    }

    private static List<string> Run<T>(string action, string framing, List<string> lines)
    {
        string here = AppContext.BaseDirectory;
        // Debian's own interpreter by its path: another python3 may come first on PATH and not see Debian's packages.
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList =
            {
                Path.Combine(here, "foreign_avro.py"), action, Path.Combine(here, typeof(T).Name + ".avsc"), framing, $"{SchemaId}",
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        foreach (string line in lines) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"Debian's python3-avro is needed and must accept the records: {error.Result}");
        List<string> answers = [.. output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(lines.Count, answers.Count);
        return answers;
    }
}
