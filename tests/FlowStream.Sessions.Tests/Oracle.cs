using System.Globalization;
using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

/// <summary>
/// What a join must have said in the end, worked out a second way: slowly, over the whole history at once. Not from the product's rules in
/// code but from their text in docs/sessions.md.
/// </summary>
internal static class Oracle
{
    /// <summary>One line per session, of the fields that are decided by more than one message.</summary>
    public static string Describe(Func<string, string?> field) => string.Join(
        '|',
        ((string[])["device_host", "logical_system", "session_id", "start_time", "start_source", "end_time", "elapsed_time", "end_reason",
            "end_reason_raw", "completeness", "updates", "sources", "application", "nested_application", "username", "nat_source_address",
            "bytes_from_client", "bytes_from_server", "packets_from_client", "packets_from_server", "extras"])
            .Select(name => field(name) ?? "-"));

    public static IEnumerable<ExpectedSession> Sessions(IEnumerable<Message> messages)
    {
        (List<Message> Messages, bool Followed)[] all = [.. Divide(messages)];
        var links = new Dictionary<List<Message>, List<(string Key, string Value)>>();
        foreach (var kin in all.GroupBy(s => (s.Messages[0].Host, s.Messages[0].LogicalSystem, s.Messages[0].SourcePort)))
            Link([.. kin.Select(s => s.Messages)], links);
        return all.Select(s => Session(s.Messages, s.Followed, links.GetValueOrDefault(s.Messages) ?? []));
    }

    // A close that is no end, and then, within five seconds, the same addresses under another id.
    private static void Link(List<Message>[] kin, Dictionary<List<Message>, List<(string Key, string Value)>> links)
    {
        if (kin.Length == 1) return;
        kin = [.. kin.OrderBy(s => s.Min(m => m.Time)).ThenBy(s => s[0].Id)];
        for (int i = 0; i < kin.Length; i++)
        {
            Message[] closes = [.. kin[i].Where(m => m.IsClose)];
            if (closes.Length == 0 || !closes.All(m => Code(m) is "ha" or "route-change")) continue;
            long left = Close(closes).Time;
            List<Message>? next = kin.Skip(i + 1).FirstOrDefault(s => s[0].Id != kin[i][0].Id && s.Min(m => m.Time) >= left - 1000
                && StartOf(Opening(s)) <= left + 5000);
            if (next is null) continue;
            Say(kin[i], "continued_by", next[0].Id);
            Say(next, "continues", kin[i][0].Id);
        }

        void Say(List<Message> session, string key, long id)
        {
            if (!links.TryGetValue(session, out var said)) links[session] = said = [];
            said.RemoveAll(pair => pair.Key == key);
            said.Add((key, $"{id}"));
        }
    }

    private static IEnumerable<(List<Message> Messages, bool Followed)> Divide(IEnumerable<Message> messages)
    {
        foreach (var identity in messages.Distinct().GroupBy(m => (m.Host, m.LogicalSystem, m.Id, m.SourcePort)))
        {
            List<List<Message>> sessions = [];
            long last = 0;
            foreach (Message message in identity.OrderBy(StartOf))
            {
                // Starts of one session lie within one second, of two at least three apart.
                if (StartOf(message) - last > 1500) sessions.Add([]);
                last = StartOf(message);
                sessions[^1].Add(message);
            }
            for (int i = 0; i < sessions.Count; i++) yield return (sessions[i], i + 1 < sessions.Count
                && Outlives(sessions[i], sessions[i + 1]));
        }
    }

    private static long StartOf(Message m) => m.IsCreate ? m.Time : m.Time - (m.Elapsed!.Value * 1000);

    // What has been silent for 40 minutes when the next one appears has timed out before.
    private static bool Outlives(List<Message> session, List<Message> next) =>
        next.Min(m => m.Time) - session.Max(m => m.Time) < 40 * 60_000;

    private static Message Opening(List<Message> session) =>
        session.GroupBy(m => m.IsCreate ? 0 : m.IsClose ? 1 : 2).MinBy(g => g.Key)!.MinBy(StartOf)!;

    private static ExpectedSession Session(List<Message> session, bool followed, List<(string Key, string Value)> links)
    {
        Message[] creates = [.. session.Where(m => m.IsCreate)];
        Message[] closes = [.. session.Where(m => m.IsClose)];
        Message[] updates = [.. session.Where(m => !m.IsCreate && !m.IsClose)];
        Message first = Opening(session);
        Message end = closes.Length > 0 ? Close(closes) : session.OrderBy(m => m.Time).ThenBy(m => m.IsCreate ? (int)m.Tag : 9).Last();
        string reason = closes.Length > 0 ? Code(end) : followed ? "superseded" : "timeout-inferred";
        Message[] preferred = [.. session.OrderByDescending(Preference).ThenByDescending(m => m.Time)];
        Volume total = default;
        List<ExpectedDelta> deltas = [];
        long from = StartOf(first);
        foreach (Message seen in updates.Concat(closes).OrderBy(m => m.Time).ThenBy(Preference))
        {
            var reached = Volume.Max(total, seen.Totals!.Value);
            string application = seen.Nested ?? seen.Application ?? "";
            if (reached != total) deltas.Add(new(seen.Host, application, Math.Min(from, seen.Time), seen.Time, reached - total));
            (total, from) = (reached, seen.Time);
        }
        (string Key, string Value)[] history = Applications(session);
        var extras = preferred.SelectMany(m => m.Extras).DistinctBy(e => e.Key).Concat(history).Concat(links)
            .OrderBy(e => e.Key.Replace('-', '_'), StringComparer.Ordinal);
        var fields = new Dictionary<string, string?>
        {
            ["device_host"] = end.Host, ["logical_system"] = end.LogicalSystem, ["session_id"] = $"{end.Id}",
            ["start_time"] = Time(StartOf(first)), ["start_source"] = creates.Length > 0 ? "create" : "elapsed",
            ["end_time"] = Time(end.Time),
            ["elapsed_time"] = end.Elapsed?.ToString(), ["end_reason"] = reason, ["end_reason_raw"] = end.Reason,
            ["completeness"] = closes.Length > 0
                ? creates.Length > 0 ? "complete" : "no_create"
                : creates.Length > 0 ? "no_close" : "updates_only",
            ["updates"] = $"{updates.Length}", ["sources"] = Json(session.Select(m => m.TagName).Distinct().Order(StringComparer.Ordinal)),
            ["application"] = First(m => m.Application), ["nested_application"] = First(m => m.Nested),
            ["username"] = First(m => m.Username),
            ["nat_source_address"] = end.NatSource,
            ["bytes_from_client"] = $"{total.BytesFromClient}", ["bytes_from_server"] = $"{total.BytesFromServer}",
            ["packets_from_client"] = $"{total.PacketsFromClient}", ["packets_from_server"] = $"{total.PacketsFromServer}",
            ["extras"] = Json(extras),
        };
        return new ExpectedSession(Describe(fields.GetValueOrDefault), deltas);

        string? First(Func<Message, string?> field) => preferred.Select(field).FirstOrDefault(value => value is not null);
    }

    // What the application was taken for, step by step; the same application without its nested one is no step.
    private static (string Key, string Value)[] Applications(List<Message> session)
    {
        List<string> steps = [];
        string? known = null, nested = null;
        foreach (Message m in session.OrderBy(m => m.Time).ThenBy(Preference))
        {
            if ((m.Nested is null || m.Nested == nested) && (m.Application is null || m.Application == known)) continue;
            (known, nested) = (m.Application, m.Nested);
            steps.Add(nested is null ? known! : known is null ? nested : $"{known}/{nested}");
        }
        return steps.Count < 2 ? [] : [("application_history", string.Join(", ", steps))];
    }

    private static Message Close(Message[] closes)
    {
        Message best = closes.OrderBy(m => Code(m) switch { "ha" or "route-change" => 0, "unknown" or "install-unset" => 1, _ => 2 })
            .ThenBy(m => m.Tag == EventTag.RtFlowSessionClose).ThenBy(m => m.Time).Last();
        return Code(best) == "tcp-rst" ? closes.FirstOrDefault(m => Code(m) == "tcp-rst-client") ?? best : best;
    }

    private static string Code(Message close) => close.Reason switch
    {
        "TCP FIN" => "tcp-fin",
        "TCP RST" => "tcp-rst",
        "TCP CLIENT RST" => "tcp-rst-client",
        "aged out" => "aged-out",
        "unset" => "install-unset",
        "HA" or "HA N/A" => "ha",
        "first path reroute, session recreated" => "route-change",
        _ => "unknown",
    };

    private static int Preference(Message m) => Array.IndexOf(
        [
            EventTag.AppTrackSessionCreate, EventTag.RtFlowSessionCreate, EventTag.AppTrackSessionVolUpdate, EventTag.AppTrackSessionClose,
            EventTag.RtFlowSessionClose,
        ],
        m.Tag);

    private static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Json(IEnumerable<string> texts) => "[" + string.Join(',', texts.Select(t => $"\"{t}\"")) + "]";

    private static string Json(IEnumerable<(string Key, string Value)> pairs)
    {
        var json = new StringBuilder("{");
        foreach ((string key, string value) in pairs)
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(key.Replace('-', '_')).Append("\":\"").Append(value).Append('"');
        return json.Append('}').ToString();
    }
}
