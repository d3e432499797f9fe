namespace FlowStream.Topology.Tests;

/// <summary>Lines of random sessions in the order of time, and what they moved in all.</summary>
internal sealed class RandomSessions
{
    private static readonly string[] Applications = ["HTTP", "SSH", "DNS", "GMAIL"];

    /// <param name="seed">Chance.</param>
    /// <param name="sessions">How many.</param>
    /// <param name="start">When the first can begin.</param>
    /// <param name="disturbed">Whether messages get lost, come twice, overtake each other and are hours late; <see cref="Bytes"/> is then
    /// the most that can be known of.</param>
    public RandomSessions(int seed, int sessions, long start, bool disturbed = false)
    {
        var random = new Random(seed);
        var lines = new List<(long Time, byte[] Line)>();
        for (int session = 1; session <= sessions; session++)
        {
            long begin = start + random.Next(600_000);
            int seconds = random.Next(400);
            string application = Applications[random.Next(Applications.Length)];
            long bytes = random.NextInt64(1L << random.Next(8, 40));
            if (random.Next(5) > 0) lines.Add((begin, JunosLine.Create(session, begin)));
            for (int update = 60; update < seconds; update += 60)
            {
                long time = begin + (update * 1000);
                lines.Add((time, JunosLine.Update(session, time, update, bytes * update / seconds, application)));
            }
            long end = begin + (seconds * 1000L);
            string fields = $" username=\"user-{session % 5}\" packet-incoming-interface=\"ge-0/0/{session % 3}.0\"";
            byte[] close = JunosLine.Close(session, end, seconds, bytes, application, fields: fields);
            lines.Add((end, close));
            if (random.Next(4) == 0) lines.Add((end + 100, close));
            Bytes += bytes * 4;
        }
        Lines = [.. (disturbed ? Disturbed(random, lines) : lines).OrderBy(line => line.Time)];
    }

    /// <summary>By the time of their receipt.</summary>
    public IReadOnlyList<(long Time, byte[] Line)> Lines { get; }

    /// <summary>Bytes in both directions.</summary>
    public long Bytes { get; }

    private static IEnumerable<(long Time, byte[] Line)> Disturbed(Random random, List<(long Time, byte[] Line)> lines)
    {
        foreach ((long time, byte[] line) in lines)
        {
            if (random.Next(8) == 0) continue;
            for (int copy = random.Next(6); copy <= 5; copy += 5) yield return (time + Delay(random), line);
        }
    }

    // Most come at once; some are overtaken, a few come when their session is forgotten or their window no longer kept.
    private static long Delay(Random random) => random.Next(40) switch
    {
        < 30 => 0,
        < 36 => random.Next(20_000),
        < 39 => random.Next(1_200_000),
        _ => random.NextInt64(30 * 3_600_000L),
    };
}
