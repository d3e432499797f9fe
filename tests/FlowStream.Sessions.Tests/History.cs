using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

/// <summary>Draws the messages of sessions as firewalls send them, and how they arrive: lost, twice, late.</summary>
internal sealed class History
{
    private static readonly string[] Applications = ["HTTP", "SSL", "DNS"];
    private static readonly string[] Nested = ["EXAMPLE-WEB", "EXAMPLE-MAIL"];
    private static readonly string[] Reasons = ["TCP FIN", "TCP RST", "TCP CLIENT RST", "aged out", "unset", "HA", "new words"];
    private static readonly string[] Handovers = ["HA", "HA N/A", "first path reroute, session recreated"];

    private readonly Random _random;

    public History(Random random) => _random = random;

    /// <summary>Chance that a message is lost.</summary>
    public double Loss { get; init; } = 0.1;

    /// <summary>Chance that a message arrives once more.</summary>
    public double Duplication { get; init; } = 0.2;

    /// <summary>Chance that an update states half of what it should.</summary>
    public double Faults { get; init; }

    /// <summary>Longest session in seconds. With the longest gap between two it stays below the idle timeout, whatever is lost.</summary>
    public int MaxSeconds { get; init; } = 600;

    /// <summary>Most parts of a session: each but the last ends by a failover or a change of route.</summary>
    public int MaxParts { get; init; } = 1;

    /// <summary>Most updates of a session.</summary>
    public int MaxUpdates { get; init; } = 5;

    /// <summary>Sessions that follow one another under one identity, none closer to the next than a reused id can be told apart.</summary>
    public List<Message> Chain(int identity, int sessions, long start)
    {
        var messages = new List<Message>();
        for (int i = 0; i < sessions; i++)
        {
            long end = Parts(identity, start, messages);
            start = end + _random.Next(3_000, _random.Next(2) == 0 ? 10_000 : 300_000);
        }
        return messages;
    }

    /// <summary>One session's messages; at least one arrives.</summary>
    public List<Message> Session(int identity, long start)
    {
        var messages = new List<Message>();
        while (messages.Count == 0) Parts(identity, start, messages);
        return messages;
    }

    /// <summary>
    /// The messages with the time at which each is received, at most <paramref name="maxDelay"/> ms after it was written.
    /// </summary>
    public List<(Message Message, long Received)> Arrivals(IEnumerable<Message> messages, int maxDelay)
    {
        var arrivals = new List<(Message Message, long Received)>();
        foreach (Message message in messages)
        {
            do arrivals.Add((message, message.Time + _random.Next(maxDelay + 1)));
            while (_random.NextDouble() < Duplication);
        }
        return [.. arrivals.OrderBy(a => a.Received)];
    }

    private long Parts(int identity, long start, List<Message> messages)
    {
        int parts = _random.Next(1, MaxParts + 1);
        long end = start;
        for (int part = 1; part < parts; part++)
        {
            long left = Part(identity, part, start, Handovers[_random.Next(Handovers.Length)], messages);
            end = Math.Max(end, left);
            start = left + _random.Next(-2_000, 6_000);
        }
        return Math.Max(end, Part(identity, 0, start, null, messages));
    }

    private long Part(int identity, int part, long start, string? reason, List<Message> messages)
    {
        var model = new Message(EventTag.None, start)
        {
            Host = "fw" + (identity % 3),
            Id = 1000 + identity + (part * 100_000),
            SourcePort = 20_000 + identity,
            LogicalSystem = identity % 5 == 0 ? "tenant-a" : null,
            Source = identity % 7 == 0 ? "2001:db8::10" : "192.0.2.10",
            Destination = identity % 7 == 0 ? "2001:db8::7" : "198.51.100.7",
            NatSource = identity % 2 == 0 ? "203.0.113.5" : null,
        };
        long duration = _random.NextInt64(1, MaxParts > 1 && _random.Next(2) == 0 ? 5_000 : MaxSeconds * 1000L);
        if (_random.Next(10) > 0) Add(messages, model with { Tag = EventTag.RtFlowSessionCreate, Extras = [("src-vrf-grp", "red")] });
        if (_random.Next(3) == 0) Add(messages, model with { Tag = EventTag.AppTrackSessionCreate, Time = start + _random.Next(20) });
        Volume total = AddUpdates(messages, model, duration);
        if (_random.Next(10) > 0) AddCloses(messages, model, start + duration, total, reason);
        return start + duration;
    }

    private Volume AddUpdates(List<Message> messages, Message model, long duration)
    {
        Volume total = default;
        foreach (long at in Enumerable.Range(0, _random.Next(MaxUpdates + 1)).Select(_ => _random.NextInt64(duration)).Distinct().Order())
        {
            total += Grow();
            model = model with { Application = _random.Next(3) == 0 ? null : Applications[_random.Next(3)] };
            Volume stated = total;
            if (_random.NextDouble() < Faults) stated = stated with { BytesFromServer = stated.BytesFromServer / 2 };
            Add(messages, model with
            {
                Tag = EventTag.AppTrackSessionVolUpdate, Time = model.Time + at, Elapsed = at / 1000, Totals = stated,
                Username = _random.Next(2) == 0 ? "alice" : null, Extras = [("apbr-rule-type", "default"), ("dscp-value", at.ToString())],
            });
        }
        return total + Grow();
    }

    private void AddCloses(List<Message> messages, Message model, long end, Volume total, string? handover)
    {
        model = model with
        {
            Application = Applications[_random.Next(3)], Nested = _random.Next(2) == 0 ? null : Nested[_random.Next(2)],
            Elapsed = (end - model.Time) / 1000, Totals = total,
        };
        string reason = handover ?? Reasons[_random.Next(Reasons.Length)];
        Message close = model with { Tag = EventTag.RtFlowSessionClose, Time = end, Reason = reason };
        Add(messages, close with { Extras = [("src-vrf-grp", "blue"), ("session-flag", "0"), ("application-risk", "2")] });
        if (_random.Next(2) == 0) return;
        reason = handover ?? Reasons[_random.Next(Reasons.Length)];
        Add(messages, close with { Tag = EventTag.AppTrackSessionClose, Time = end + _random.Next(3), Reason = reason });
    }

    private Volume Grow() => new(_random.Next(1000), _random.Next(100_000), _random.Next(10), _random.Next(80));

    private void Add(List<Message> messages, Message message)
    {
        if (_random.NextDouble() >= Loss) messages.Add(message);
    }
}
