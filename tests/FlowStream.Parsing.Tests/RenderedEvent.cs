using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

/// <summary>
/// An event made up at random and what it must look like after parsing; it knows how devices print, and nothing of the parser.
/// </summary>
/// <param name="Header">PRI to MSGID.</param>
/// <param name="Parameters">Keys and values before escaping, in the order printed.</param>
/// <param name="Expected">The event as <see cref="EventFields"/> lists it.</param>
internal sealed record RenderedEvent(
    string Header, IReadOnlyList<(string Key, string Value)> Parameters, SortedDictionary<string, string> Expected)
{
    private static readonly string[] Tags =
    [
        "RT_FLOW_SESSION_CREATE RtFlowSessionCreate Create", "RT_FLOW_SESSION_CLOSE RtFlowSessionClose Close",
        "RT_FLOW_SESSION_DENY RtFlowSessionDeny Deny", "APPTRACK_SESSION_CREATE AppTrackSessionCreate Create",
        "APPTRACK_SESSION_VOL_UPDATE AppTrackSessionVolUpdate VolumeUpdate", "APPTRACK_SESSION_CLOSE AppTrackSessionClose Close",
    ];

    // Keys that hold free text, and the name of the field; a slash separates names of one field.
    private static readonly string[] TextKeys =
    [
        "logical-system-name logical_system", "src-nat-rule-name src_nat_rule_name", "dst-nat-rule-name dst_nat_rule_name",
        "service-name service_name", "application application", "nested-application nested_application", "category category",
        "application-category category", "sub-category sub_category", "subcategory sub_category",
        "application-sub-category sub_category", "encrypted encrypted", "policy-name policy_name",
        "source-zone-name source_zone_name", "destination-zone-name destination_zone_name",
        "packet-incoming-interface packet_incoming_interface", "destination-interface-name destination_interface_name",
        "routing-instance routing_instance", "username username", "roles roles", "reason reason",
    ];

    private static readonly string[] NumberKeys =
    [
        "elapsed-time elapsed_time", "packets-from-client packets_from_client", "bytes-from-client bytes_from_client",
        "packets-from-server packets_from_server", "bytes-from-server bytes_from_server",
    ];

    private static readonly string[] Texts =
    [
        "TCP FIN", "idle Timeout", "a", "x=y", "semi;colon;", "tab\there", "corp\\kim", "quote\"d", "brack]et", "back\\\\slash", "\\",
        "äöü",
    ];

    /// <summary>Draws events; the same number gives the same event.</summary>
    public static Gen<RenderedEvent> Generator => Gen.Choose(0, int.MaxValue).Select(seed => Create(new Random(seed)));

    /// <summary>The message.</summary>
    public byte[] Render() => Render(Parameters);

    /// <summary>The message with its parameters in another order.</summary>
    public byte[] RenderShuffled(Random random)
    {
        (string, string)[] shuffled = [.. Parameters];
        random.Shuffle(shuffled);
        return Render(shuffled);
    }

    public override string ToString() => Encoding.Latin1.GetString(Render());

    private byte[] Render(IEnumerable<(string Key, string Value)> parameters)
    {
        IEnumerable<string> rendered = parameters.Select(p => $" {p.Key}=\"{Escape(p.Value)}\"");
        return Encoding.Latin1.GetBytes($"{Header} [junos@2636.1.1.1.2.129{string.Concat(rendered)}]");
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal);

    private static RenderedEvent Create(Random random)
    {
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var parameters = new List<(string, string)>();
        string header = DrawHeader(random, expected);
        AddFlow(random, parameters, expected);
        foreach (string key in TextKeys) AddText(random, key.Split(' '), parameters, expected);
        foreach (string key in NumberKeys) AddNumber(random, key.Split(' '), parameters, expected);
        for (int i = random.Next(12); i > 0; i--) AddExtra(random, i, parameters, expected);
        (string, string)[] shuffled = [.. parameters];
        random.Shuffle(shuffled);
        return new RenderedEvent(header, shuffled, expected);
    }

    private static string DrawHeader(Random random, SortedDictionary<string, string> expected)
    {
        string[] tag = Tags[random.Next(Tags.Length)].Split(' ');
        (expected["tag"], expected["kind"]) = (tag[1], tag[2]);
        DateTime local = new DateTime(2010, 1, 1).AddMilliseconds(random.NextInt64(20L * 365 * 86_400_000));
        int offset = random.Next(-50, 57) * 15;
        string text = local.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
        string utc = local.AddMinutes(-offset).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        string zone = $"{(offset < 0 ? '-' : '+')}{Math.Abs(offset) / 60:00}:{Math.Abs(offset) % 60:00}";
        (string printed, string? time) = random.Next(4) switch
        {
            0 => ("-", null),
            1 => (text, text),
            2 => (text + "Z", text + "Z"),
            _ => (text + zone, utc),
        };
        if (time is not null) expected["time"] = time;
        string host = new[] { "-", "", "fw1.example.net", "fw-2" }[random.Next(4)];
        if (host.Length > 1) expected["host"] = host;
        return $"<{random.Next(192)}>1 {printed} {host} RT_FLOW - {tag[0]}";
    }

    private static void AddFlow(Random random, List<(string, string)> parameters, SortedDictionary<string, string> expected)
    {
        bool v6 = random.Next(3) == 0;
        foreach (string side in new[] { "source", "destination" })
        {
            string address = v6 ? $"2001:db8::{random.Next(1, 0xFFFF):x}" : $"192.0.2.{random.Next(256)}";
            Add($"{side}-address", address);
            Add($"{side}-port", random.Next(65_536).ToString(CultureInfo.InvariantCulture));
        }
        Add("protocol-id", random.Next(256).ToString(CultureInfo.InvariantCulture));
        string id = random.NextInt64().ToString(CultureInfo.InvariantCulture);
        parameters.Add((random.Next(2) == 0 ? "session-id-32" : "session-id", id));
        expected["session_id"] = id;
        void Add(string key, string value)
        {
            parameters.Add((key, value));
            expected[key.Replace('-', '_')] = value;
        }
    }

    private static void AddText(Random random, string[] key, List<(string, string)> parameters, SortedDictionary<string, string> expected)
    {
        switch (random.Next(4))
        {
            case 0:
                parameters.Add((key[0], random.Next(2) == 0 ? "N/A" : ""));
                break;
            case 1 when expected.TryAdd(key[1], Texts[random.Next(Texts.Length)]):
                parameters.Add((key[0], expected[key[1]] + new string(' ', random.Next(2))));
                break;
        }
    }

    private static void AddNumber(Random random, string[] key, List<(string, string)> parameters, SortedDictionary<string, string> expected)
    {
        if (random.Next(3) == 0) return;
        expected[key[1]] = (random.NextInt64() >> random.Next(63)).ToString(CultureInfo.InvariantCulture);
        parameters.Add((key[0], expected[key[1]]));
    }

    private static void AddExtra(Random random, int index, List<(string, string)> parameters, SortedDictionary<string, string> expected)
    {
        string key = $"{new[] { "x", "url-host", "application-characteristics", "src-vrf-grp" }[random.Next(4)]}-{index}";
        parameters.Add((key, Texts[random.Next(Texts.Length)]));
        expected["+" + key] = parameters[^1].Item2;
    }
}
