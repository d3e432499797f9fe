using System.Globalization;
using System.Text.Json;
using FlowStream.Queries.Http;

namespace FlowStream.Queries.Instances;

/// <summary>
/// The sessions of all instances as one table. While partitions move, two instances may hold a session for a moment: it counts once. What
/// could not be asked is named, never left out in silence.
/// </summary>
public sealed class MergedTable
{
    private readonly InstanceClient _client;
    private readonly IReadOnlyList<Instance> _instances;
    private readonly int _tasks;
    private readonly List<string> _gaps = [];
    private readonly HashSet<int> _seen = [];

    /// <summary>Makes a table.</summary>
    /// <param name="client">Asks the instances.</param>
    /// <param name="instances">The instances.</param>
    /// <param name="tasks">How many tasks there are.</param>
    public MergedTable(InstanceClient client, IReadOnlyList<Instance> instances, int tasks)
    {
        _client = client;
        _instances = instances;
        _tasks = tasks;
    }

    /// <summary>What the last answer lacks, in words; empty when it is whole.</summary>
    public IReadOnlyList<string> Gaps => _gaps;

    /// <summary>Lists the sessions.</summary>
    /// <param name="parameters">Names and values of the request, see <see cref="SessionRequest"/>; without a limit.</param>
    /// <param name="limit">Most sessions.</param>
    /// <param name="take">Takes a session, valid during the call only.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether there are more than the limit.</returns>
    public async Task<bool> ListAsync(
        IReadOnlyList<KeyValuePair<string, string>> parameters, long limit, Action<JsonElement> take, CancellationToken cancellation)
    {
        var keys = new HashSet<UInt128>();
        bool more = false;
        await AskAllAsync(
            // One more than there is room for tells whether there are more.
            () => Path(QueryHandler.SessionsPath, [.. parameters, KeyValuePair.Create(SessionRequest.LimitName, Room(limit - keys.Count))]),
            "end",
            session =>
            {
                UInt128 key = Key(session);
                if (keys.Count == limit) more |= !keys.Contains(key);
                else if (keys.Add(key)) take(session);
            },
            cancellation).ConfigureAwait(false);
        return more;
    }

    /// <summary>Adds up the summaries.</summary>
    /// <param name="parameters">Names and values of the request, see <see cref="SessionRequest"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<TableSummary> SummariseAsync(
        IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        var total = new TableSummary();
        string path = Path(QueryHandler.SummaryPath, parameters);
        await AskAllAsync(() => path, "summary", _ => { }, cancellation, total.Add).ConfigureAwait(false);
        return total;
    }

    private async Task AskAllAsync(
        Func<string> path, string lastKind, Action<JsonElement> take, CancellationToken cancellation, Action<JsonElement>? takeLast = null)
    {
        _gaps.Clear();
        _seen.Clear();
        if (_instances.Count == 0) _gaps.Add("no instance runs: nothing is in the group of the session stage");
        foreach (Instance instance in _instances)
        {
            if (instance.Address is not { } address)
            {
                Missing(instance, $"{instance.Name} answers no questions: it runs without --http");
                continue;
            }
            try
            {
                bool isWhole = false;
                await _client.ReadAsync(
                    address, path(),
                    line =>
                    {
                        isWhole = line.GetProperty("kind").ValueEquals(lastKind);
                        if (!isWhole) take(line);
                        else TakeLast(line, takeLast);
                    },
                    cancellation).ConfigureAwait(false);
                if (!isWhole) throw new InstanceFailedException("the answer ends in the middle");
            }
            catch (InstanceFailedException failure)
            {
                Missing(instance, $"{instance.Name} at {address.Authority} did not answer: {failure.Message}");
            }
        }
        int[] unanswered = [.. Enumerable.Range(0, _tasks).Where(task => !_seen.Contains(task))];
        if (unanswered.Length > 0 && _instances.Count > 0)
            _gaps.Add($"nobody answered for partition {string.Join(", ", unanswered)}: moving to another instance, or being restored");
    }

    private void TakeLast(JsonElement line, Action<JsonElement>? take)
    {
        foreach (JsonElement partition in line.GetProperty("partitions").EnumerateArray()) _seen.Add(partition.GetInt32());
        take?.Invoke(line);
    }

    // Its partitions are accounted for by its name.
    private void Missing(Instance instance, string gap)
    {
        _gaps.Add(gap);
        _seen.UnionWith(instance.Partitions);
    }

    private static UInt128 Key(JsonElement session) =>
        UInt128.Parse(session.GetProperty("session_key").GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Path(string path, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        $"{path}?{string.Join('&', parameters.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"))}";

    private static string Room(long left) => Math.Min(left + 1, SessionRequest.MaxLimit).ToString(CultureInfo.InvariantCulture);
}
