using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using FlowStream.Parsing.Junos;
using Xunit.Abstractions;

namespace FlowStream.Parsing.Tests.Structured;

/// <summary>
/// The examples of the documents the product was asked for from, each as the document prints it (<c>tests/corpora/seeds/</c>, see its
/// README), beside what a person reads in it.
/// </summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    // The fields of the tables in seeds 000 and 001, which show no message.
    private const string TabledKeys = """
        source-address source-port destination-address destination-port service-name nat-source-address nat-source-port
        nat-destination-address nat-destination-port src-nat-rule-name dst-nat-rule-name protocol-id policy-name session-id-32 reason
        packets-from-client bytes-from-client packets-from-server bytes-from-server elapsed-time icmp-type
        """;

    private static string Folder => Path.Combine(
        typeof(SeedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "tests/corpora/seeds");

    [Fact]
    public void Every_example_parses_to_the_fields_a_person_reads_there()
    {
        string[] files = [.. Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        var wrong = new List<string>();
        foreach (string file in files)
        {
            var differences = new List<string>();
            int shown = Compare(file, differences);
            output.WriteLine($"{Path.GetFileNameWithoutExtension(file),-46} {shown - differences.Count,3} / {shown,3}");
            wrong.AddRange(differences.Select(d => $"{Path.GetFileName(file)}: {d}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_field_of_the_tables_is_a_field_here() => Assert.All(
        TabledKeys.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        key => Assert.InRange(FieldTable.Keys.Find(Encoding.ASCII.GetBytes(key)), 0, FieldTable.Rules.Length - 1));

    [Fact]
    public void Every_key_that_an_example_shows_is_in_the_table_for_that_message()
    {
        foreach (string file in Directory.GetFiles(Folder, "*.txt"))
        {
            SessionEvent read = Parse(file);
            for (int i = 0; i < read.ExtraCount; i++)
            {
                int index = FieldTable.Keys.Find(read.ExtraKey(i)) - FieldTable.Rules.Length;
                string key = Encoding.ASCII.GetString(read.ExtraKey(i));
                Assert.True(index >= 0, $"{key} of {file} is not listed.");
                Assert.True(((int)JunosExtras.Keys[index].Messages & (1 << (int)read.Tag)) != 0, $"{key} is not listed for {read.Tag}.");
            }
        }
    }

    private static SessionEvent Parse(string file)
    {
        var read = new SessionEvent();
        Refusal refusal = SyslogParser.Parse(File.ReadAllBytes(file), read);
        Assert.True(refusal.Accepted, $"{refusal} in {file}");
        return read;
    }

    private static int Compare(string file, List<string> differences)
    {
        SessionEvent read = Parse(file);
        SortedDictionary<string, string> found = EventFields.Of(read);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".expected.json")));
        JsonElement root = document.RootElement;
        Assert.Equal(root.GetProperty("tag").GetString(), read.Tag.Name(read.TagVariant));
        var shown = new List<(string Name, string? Value)>();
        foreach (string name in new[] { "host", "time" })
        {
            if (root.TryGetProperty(name, out JsonElement value)) shown.Add((name, value.GetString()));
        }
        shown.AddRange(root.GetProperty("fields").EnumerateObject().Select(p => (p.Name, Text(p.Value))));
        shown.AddRange(root.GetProperty("extras").EnumerateObject().Select(p => ("+" + p.Name, Text(p.Value))));
        foreach ((string name, string? value) in shown)
        {
            if (found.GetValueOrDefault(name) != value) differences.Add($"{name} is {found.GetValueOrDefault(name)}, shown is {value}");
            found.Remove(name);
        }
        differences.AddRange(found.Keys.Except(["kind", "tag"]).Select(name => $"{name} is not shown"));
        return shown.Count;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString(),
    };
}
