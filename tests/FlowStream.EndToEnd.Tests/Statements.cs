using System.Globalization;
using System.Runtime.InteropServices;

namespace FlowStream.EndToEnd.Tests;

/// <summary>What the lines of Junos devices state of the bytes of each session and when, read without the product.</summary>
internal static class Statements
{
    private const long MinuteMs = 60_000;

    // Some devices print whole seconds, all of them the age of a session in them.
    private const long RoundingMs = 2_000;

    /// <summary>
    /// How far any spreading may be off in each minute: in which part of the time between two statements of a session its bytes moved,
    /// nobody but the device knows, unless that time lies inside one minute.
    /// </summary>
    public static Dictionary<long, long> Open(IEnumerable<string> lines)
    {
        var sessions = new Dictionary<string, List<(long Time, long Bytes)>>();
        foreach (string line in lines)
        {
            if (line.Contains("_DENY ", StringComparison.Ordinal)) continue;
            string id = Value(line, "session-id-32") ?? Value(line, "session-id")!;
            string session = $"{line.Split(' ')[2]} {id} {Value(line, "source-address")} {Value(line, "source-port")}";
            if (!sessions.TryGetValue(session, out List<(long, long)>? said)) sessions.Add(session, said = []);
            long time = DateTimeOffset.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                .ToUnixTimeMilliseconds();
            said.Add((time - (Number(line, "elapsed-time") * 1000), 0));
            if (Value(line, "elapsed-time") is not null)
                said.Add((time, Number(line, "bytes-from-client") + Number(line, "bytes-from-server")));
        }
        var open = new Dictionary<long, long>();
        foreach (List<(long Time, long Bytes)> said in sessions.Values)
        {
            // All starts come first, with nothing moved yet.
            (long Time, long Bytes)[] steps = [said.Min(), .. said.Where(s => s.Bytes > 0).Order()];
            for (int i = 1; i < steps.Length; i++) Add(open, steps[i - 1].Time, steps[i].Time, steps[i].Bytes - steps[i - 1].Bytes);
        }
        return open;
    }

    private static void Add(Dictionary<long, long> open, long fromMs, long toMs, long bytes)
    {
        long first = (fromMs - RoundingMs) / MinuteMs, last = (toMs + RoundingMs) / MinuteMs;
        for (long minute = first; minute <= last && first != last; minute++)
            CollectionsMarshal.GetValueRefOrAddDefault(open, minute * MinuteMs, out _) += bytes;
    }

    private static long Number(string line, string name) => long.Parse(Value(line, name) ?? "0", CultureInfo.InvariantCulture);

    private static string? Value(string line, string name)
    {
        int at = line.IndexOf($" {name}=\"", StringComparison.Ordinal);
        return at < 0 ? null : line[(at + name.Length + 3)..line.IndexOf('"', at + name.Length + 3)];
    }
}
