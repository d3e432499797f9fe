using System.Globalization;

namespace FlowStream.Parsing.Tests.Headers;

/// <summary>
/// A header made up at random, of a device and of the relays in front of it, and what it must say; it knows how they print, and nothing of
/// the reader.
/// </summary>
/// <param name="Text">What stands in front of the tag.</param>
/// <param name="Time">The time that counts, as <see cref="EventFields"/> lists it, or null.</param>
/// <param name="Host">The host that counts, or null.</param>
internal sealed record RenderedHeader(string Text, string? Time, string? Host)
{
    private static readonly string[] Hosts = ["fw1", "fw-2.example.net", "192.0.2.7", "2001:db8::7", "BRANCH_3", "5005.north"];

    public static RenderedHeader Create(Random random)
    {
        (string text, string? time, string? host) = ("", null, null);
        for (int relays = random.Next(3); relays > 0; relays--)
        {
            (string relay, time) = DrawStamp(random, mayHaveZone: true);
            host = Hosts[random.Next(Hosts.Length)];
            text += Pick(random, "", "", "<13>") + relay + Gap(random) + host + Gap(random)
                + Pick(random, "", "junos-flow: ", "user.info ");
        }
        (string device, string? deviceTime, string? deviceHost) = random.Next(2) == 0 ? DrawIetf(random, text) : DrawBsd(random, text);
        return new RenderedHeader(text + device, deviceTime ?? time, deviceHost ?? host);
    }

    private static (string Text, string? Time, string? Host) DrawIetf(Random random, string before)
    {
        (string stamp, string time) = DrawIso(random);
        string host = Pick(random, "-", Hosts[random.Next(Hosts.Length)]);
        string start = Pick(random, "<14>1 ", "<14>", "1 ", before.Length > 0 ? "" : "<190>1 ");
        return ($"{start}{stamp} {host} RT_FLOW - ", time, host == "-" ? null : host);
    }

    private static (string Text, string? Time, string? Host) DrawBsd(Random random, string before)
    {
        (string stamp, string time) = DrawStamp(random, mayHaveZone: false);
        string? host = random.Next(2) == 0 ? Hosts[random.Next(Hosts.Length)] : null;
        string start = before.Length > 0 ? "" : Pick(random, "", "<14>", "<23> ");
        string tag = Pick(random, "RT_FLOW: ", "RT_FLOW[123]: ", "RT_FLOW - ", "RT_FLOW: %-", "RT_FLOW: %-6-", "RT_FLOW: %USER-6-");
        return ($"{start}{stamp}{Gap(random)}{(host is null ? "" : host + " ")}{tag}", time, host);
    }

    private static (string Text, string Time) DrawStamp(Random random, bool mayHaveZone)
    {
        if (mayHaveZone && random.Next(2) == 0) return DrawIso(random);
        DateTime time = Moment(random, TimeSpan.TicksPerSecond);
        string number = time.Day.ToString(Invariant);
        string day = Pick(random, number, number.PadLeft(2), number.PadLeft(2, '0'));
        string month = time.ToString("MMM", Invariant), clock = time.ToString("HH:mm:ss", Invariant);
        return random.Next(3) switch
        {
            0 => ($"{month} {day} {time.Year} {clock}", time.ToString("yyyy-MM-ddTHH:mm:ss.fff", Invariant)),
            1 => ($"{month} {day} {clock}.25 {time.Year}", time.ToString("yyyy-MM-ddTHH:mm:ss", Invariant) + ".250"),
            _ => ($"{month} {day} {clock}", time.ToString("--MM-ddTHH:mm:ss.fff", Invariant)),
        };
    }

    private static (string Text, string Time) DrawIso(Random random)
    {
        DateTime time = Moment(random, TimeSpan.TicksPerMillisecond);
        string text = time.ToString("yyyy-MM-ddTHH:mm:ss.fff", Invariant);
        return random.Next(3) switch
        {
            0 => (text, text),
            1 => (text + "Z", text + "Z"),
            _ => (text + "+02:00", time.AddHours(-2).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", Invariant)),
        };
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static DateTime Moment(Random random, long ticks) =>
        new(random.NextInt64(new DateTime(2010, 1, 1).Ticks, new DateTime(2040, 1, 1).Ticks) / ticks * ticks);

    private static string Gap(Random random) => Pick(random, " ", " ", "  ", "\t");

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
