using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Sentence;

/// <summary>An event made up at random for one release, which can be printed in both forms; it knows nothing of the parser.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Since">The release.</param>
/// <param name="Template">The text of the release.</param>
/// <param name="Values">Keys and values in the order of the template.</param>
internal sealed partial record SentenceEvent(string Tag, string Since, string Template, IReadOnlyList<(string Key, string Value)> Values)
{
    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["source-port"] = ["0", "1", "443", "51842", "65535"],
        ["protocol-id"] = ["1", "6", "17", "47", "58", "255"],
        ["icmp-type"] = ["0", "3", "8"],
        ["service-name"] = ["None", "junos-dns-udp", "icmp", "ICMP", "my-app_1"],
        ["src-nat-rule-type"] = ["N/A", "source rule", "static rule", "destination rule"],
        ["src-nat-rule-name"] = ["N/A", "None", "r1", "outbound-1", "nat/rule.2"],
        ["policy-name"] = ["allow-web", "35", "default-deny(global)", "OUT_1__2", "any--any"],
        ["source-zone-name"] = ["trust", "junos-host", "ZONE-DMZ", "7"],
        ["application"] = ["UNKNOWN", "SSL", "INCONCLUSIVE", "junos:HTTP", "802-11", ""],
        ["username"] = ["N/A", "kim", "corp\\kim", "kim.lee@example.net", "unknown", "kim)", "a(b"],
        ["roles"] = ["N/A", "staff", "unknown", "a,b", "staff(north)"],
        ["packet-incoming-interface"] = ["ge-0/0/1.0", ".local..0", "reth10.2", "N/A", "vlan.192"],
        ["encrypted"] = ["Yes", "No", "UNKNOWN", "N/A"],
        ["application-category"] = ["N/A", "Web", "Messaging"],
        ["application-sub-category"] = ["N/A", "Social-Networking", "Command"],
        ["application-risk"] = ["-1", "1", "5", "N/A"],
        ["application-characteristics"] =
        [
            "N/A", "Supports File Transfer;Known Vulnerabilities;Capable of Tunneling;", "Evasive;",
            "Can Leak Information;Bandwidth Consumer", "Loss of Productivity; Prone to Misuse;",
        ],
        ["secure-web-proxy-session-type"] = ["NA"],
        ["hostname"] = ["NA NA", "www.example.net"],
        ["tunnel-inspection"] = ["Off", "On"],
        ["session-flag"] = ["0", "2"],
        ["category"] = ["N/A", "Web", "custom application"],
        ["sub-category"] = ["N/A", "Social-Networking"],
        ["profile-name"] = ["N/A", "profile1", "apbr-1"],
        ["uplink-incoming-interface-name"] = ["", "N/A", "gr-0/0/0.4004"],
        ["dscp-value"] = ["N/A", "13"],
        ["apbr-rule-type"] = ["default", "dscp", "application", "application-dscp"],
    };

    private static readonly string[] CloseReasons =
    [
        "unset", "TCP RST", "TCP FIN", "response received", "aged out", "HA N/A", "idle Timeout", "Closed by junos-alg",
        "first path reroute, session recreated", "application failure or action", "IKE pass-through child session ageout",
    ];

    private static readonly string[] Others = ["N/A", "root", "tenant-1", "vpn-A", "default"];
    private static readonly string[] DenyReasons = ["policy deny", "Denied by policy", "N/A"];

    // Text of one value or two, the same in all releases: which of them a key has where they are not listed above.
    private static readonly Dictionary<string, string> LikeOthers = new()
    {
        ["destination-port"] = "source-port", ["nat-source-port"] = "source-port", ["nat-destination-port"] = "source-port",
        ["peer-source-port"] = "source-port", ["peer-destination-port"] = "source-port", ["dst-nat-rule-type"] = "src-nat-rule-type",
        ["dst-nat-rule-name"] = "src-nat-rule-name", ["destination-zone-name"] = "source-zone-name",
        ["nested-application"] = "application", ["destination-interface-name"] = "packet-incoming-interface",
        ["rule-name"] = "profile-name", ["routing-instance"] = "profile-name",
    };

    /// <summary>Draws events; the same number gives the same event.</summary>
    public static Gen<SentenceEvent> Generator => Gen.Choose(0, int.MaxValue).Select(seed => Create(new Random(seed)));

    /// <summary>The standard message.</summary>
    public string Sentence => Tag + ": " + Fill((key, value) => key.EndsWith("connection-tag", StringComparison.Ordinal)
        ? uint.Parse(value, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture)
        : value);

    /// <summary>The structured message of the same event.</summary>
    public string Structured => Structure(Tag, Values);

    /// <summary>A structured message of the given values.</summary>
    public static string Structure(string tag, IEnumerable<(string Key, string Value)> values) =>
        $"<14>1 - - RT_FLOW - {tag} [junos@2636.1.1.1.2.129{string.Concat(values.Select(v => $" {v.Key}=\"{Escape(v.Value)}\""))}]";

    /// <summary>An event of the release of <paramref name="form"/>.</summary>
    public static SentenceEvent Create(Random random, (string Tag, string Since, string Template) form)
    {
        bool v6 = random.Next(3) == 0;
        var values = new List<(string, string)>();
        foreach (string key in Key().Matches(form.Template).Select(m => m.Groups[1].Value))
            values.Add((key, Draw(random, form.Tag, key, v6)));
        return new SentenceEvent(form.Tag, form.Since, form.Template, values);
    }

    /// <summary>The same event with another value.</summary>
    public SentenceEvent With(string key, string value) =>
        this with { Values = [.. Values.Select(v => v.Key == key ? (key, value) : v)] };

    public override string ToString() => $"{Since}: {Sentence}";

    private static SentenceEvent Create(Random random) => Create(random, SentenceForms.All[random.Next(SentenceForms.All.Count)]);

    private static string Draw(Random random, string tag, string key, bool v6)
    {
        if (key.EndsWith("-address", StringComparison.Ordinal))
            return v6 ? $"2001:db8::{random.Next(1, 0xFFFF):x}" : $"198.51.100.{random.Next(256)}";
        if (key is "reason") return Pick(random, tag.EndsWith("DENY", StringComparison.Ordinal) ? DenyReasons : CloseReasons);
        if (key.EndsWith("connection-tag", StringComparison.Ordinal)) return Number(random, 32 - random.Next(32));
        if (key == "session-id-32") return Number(random, 31);
        if (key is "session-id" or "peer-session-id") return Number(random, 63);
        if (key.StartsWith("packets-", StringComparison.Ordinal) || key.Contains("bytes", StringComparison.Ordinal))
            return Number(random, 40);
        if (key == "elapsed-time") return Number(random, 20);
        return Pick(random, Choices.GetValueOrDefault(LikeOthers.GetValueOrDefault(key, key), Others));
    }

    private static string Number(Random random, int bits) =>
        (random.NextInt64() & ((1L << bits) - 1)).ToString(CultureInfo.InvariantCulture);

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    private string Fill(Func<string, string, string> print)
    {
        int next = 0;
        return Key().Replace(Template, _ => print(Values[next].Key, Values[next++].Value));
    }

    [GeneratedRegex("""\{([a-z0-9-]+)\}""", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
