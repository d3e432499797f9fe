using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

/// <summary>Draws one session whose device tells of everything that changes in it: application, route, next hop, measurements.</summary>
internal static class ChangedSession
{
    private static readonly string?[] Applications = [null, "SSL", "HTTP"];
    private static readonly string?[] Nested = [null, "FACEBOOK-ACCESS", "EXAMPLE-WEB"];

    private static readonly EventTag[] Tags =
    [
        EventTag.AppTrackSessionVolUpdate, EventTag.AppTrackSessionAppUpdate, EventTag.AppTrackSessionRouteUpdate,
        EventTag.RtFlowNexthopChange, EventTag.AppQoeBestPathSelected, EventTag.AppQoePassiveSlaMetricReport,
        EventTag.AppQoeSlaMetricViolation,
    ];

    /// <summary>At most <paramref name="changes"/> messages between a create and a close, either of which may be missing.</summary>
    public static List<Message> Draw(Random random, long start, int changes)
    {
        var model = new Message(EventTag.None, start);
        var messages = new List<Message>();
        if (random.Next(4) > 0) messages.Add(model with { Tag = EventTag.RtFlowSessionCreate });
        Volume total = default;
        long duration = 1000L * random.Next(1, 200);
        int count = random.Next(messages.Count == 0 ? 1 : 0, changes + 1);
        foreach (long at in Enumerable.Range(0, count).Select(_ => random.NextInt64(duration)).Order())
            messages.Add(Change(random, model, at, total += new Volume(random.Next(100), random.Next(1000), 1, 2)));
        if (random.Next(4) == 0) return messages;
        messages.Add(model with
        {
            Tag = EventTag.RtFlowSessionClose, Time = start + duration, Elapsed = duration / 1000, Totals = total, Reason = "TCP FIN",
            Application = "SSL",
        });
        return messages;
    }

    private static Message Change(Random random, Message model, long at, Volume total)
    {
        EventTag tag = Tags[random.Next(Tags.Length)];
        bool counts = tag is not EventTag.AppTrackSessionRouteUpdate;
        bool aged = counts && tag is not (EventTag.AppQoePassiveSlaMetricReport or EventTag.AppQoeSlaMetricViolation);
        return model with
        {
            Tag = tag, Time = model.Time + at, Elapsed = aged ? at / 1000 : null, Totals = counts ? total : null,
            Application = Applications[random.Next(3)], Nested = Nested[random.Next(3)],
            Extras =
            [
                ("profile-name", "apbr" + random.Next(2)), ("rule-name", "rule" + random.Next(2)), ("rtt", $"{random.Next(9000)}"),
                ("routing-instance", "ri" + random.Next(2)), ("destination-interface-name", "ge-0/0/" + random.Next(3)),
            ],
        };
    }
}
