using System.Globalization;
using System.Text.RegularExpressions;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

/// <summary>Messages of every tag with the keys of their release in its order (Eras/*.txt), and values made up at random.</summary>
public sealed partial class EraProperties
{
    // Keys whose field has another name.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["session-id-32"] = "session_id", ["application-category"] = "category", ["application-sub-category"] = "sub_category",
        ["subcategory"] = "sub_category",
    };

    [Fact]
    public void Other_values_in_a_message_of_any_era_are_the_values_that_are_read() => Properties.Check(
        Gen.Choose(0, int.MaxValue),
        seed =>
        {
            var random = new Random(seed);
            int changed = 0;
            foreach ((string message, SortedDictionary<string, string> read) in EraMessages.Files.SelectMany(EraMessages.Read))
            {
                var expected = new SortedDictionary<string, string>(read, StringComparer.Ordinal);
                string rendered = Parameter().Replace(message, match => Draw(match, random, expected, ref changed));
                SortedDictionary<string, string> found = EventFields.Parse(rendered);
                Assert.True(found.SequenceEqual(expected), $"{string.Join(' ', found.Except(expected))} in {rendered}");
            }
            Assert.True(changed > 500, "Hardly anything was changed, so hardly anything was claimed.");
        },
        count: 100);

    // A value that is not what its key's field holds (absent, or better known under another key) stays as it is; so does the protocol,
    // which says whether there is an ICMP type.
    private static string Draw(Match match, Random random, SortedDictionary<string, string> expected, ref int changed)
    {
        (string key, string value) = (match.Groups["key"].Value, match.Groups["value"].Value);
        string field = Names.GetValueOrDefault(key, key.Replace('-', '_'));
        string name = expected.ContainsKey(field) ? field : "+" + key;
        if (key == "protocol-id" || expected.GetValueOrDefault(name) != value) return match.Value;
        string drawn = Another(key, value, random);
        expected[name] = drawn;
        changed++;
        return $"{key}=\"{drawn}\"";
    }

    private static string Another(string key, string value, Random random)
    {
        if (value.Contains("::", StringComparison.Ordinal)) return $"2001:db8::{random.Next(1, 0xFFFF):x}";
        if (key.EndsWith("address", StringComparison.Ordinal) || key == "server-ip") return $"198.51.100.{random.Next(1, 256)}";
        int highest = key.EndsWith("port", StringComparison.Ordinal) ? 65_535 : key == "icmp-type" ? 255 : 4_000_000;
        bool isNumber = long.TryParse(value, CultureInfo.InvariantCulture, out _);
        if (isNumber) return random.Next(1, highest).ToString(CultureInfo.InvariantCulture);
        return string.Concat(Enumerable.Range(0, random.Next(4, 20)).Select(_ => "abcXYZ019-_./ ="[random.Next(12)])) + "q";
    }

    [GeneratedRegex("(?<key>[a-z0-9-]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Parameter();
}
