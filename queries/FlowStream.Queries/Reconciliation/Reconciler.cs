namespace FlowStream.Queries.Reconciliation;

/// <summary>
/// Compares a device's listing with our table. First comes everything that is listed, then everything that is held; what is held is looked
/// at once and only what the listing knows of it is kept.
/// </summary>
/// <remarks>
/// The listing is older than our answer. What began here after it was taken is no difference, and neither is what ended here after it; a
/// device's clock and ours may disagree by <see cref="SlackSeconds"/> about when that was.
/// </remarks>
public sealed class Reconciler
{
    /// <summary>How far a device's clock may be from ours, and how long a device takes to print its listing.</summary>
    public const int SlackSeconds = 30;

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(SlackSeconds);

    private readonly Tolerance _tolerance;
    private readonly DateTimeOffset _taken;
    private readonly Dictionary<TableKey, ListedSession> _listed = [];
    private readonly Dictionary<TableKey, HeldSession> _held = [];
    private readonly List<Difference> _onlyHere = [];
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);

    /// <summary>Begins a comparison.</summary>
    /// <param name="tolerance">How far counters may be apart.</param>
    /// <param name="taken">When the listing was taken.</param>
    public Reconciler(Tolerance tolerance, DateTimeOffset taken)
    {
        _tolerance = tolerance;
        _taken = taken;
    }

    /// <summary>Sessions of the listing.</summary>
    public int Listed => _listed.Count;

    /// <summary>The devices that are listed, in lower case.</summary>
    public IReadOnlyCollection<string> Devices => _devices;

    /// <summary>Sessions that both have and agree on.</summary>
    public int Agreed { get; private set; }

    /// <summary>Sessions that began here after the listing was taken.</summary>
    public int Newer { get; private set; }

    /// <summary>Sessions that are listed and ended here after the listing was taken.</summary>
    public int EndedSince { get; private set; }

    /// <summary>Takes a device as listed, though it may have no session.</summary>
    public void AddDevice(string device) => _devices.Add(device.ToLowerInvariant());

    /// <summary>Takes a session of the listing; of one that is listed twice the first counts.</summary>
    public void Add(ListedSession session)
    {
        AddDevice(session.Key.Device);
        _listed.TryAdd(session.Key, session);
    }

    /// <summary>Takes a session of our table. Of a device that is not listed the listing says nothing, and neither does this.</summary>
    public void Add(HeldSession session)
    {
        if (!_devices.Contains(session.Key.Device)) return;
        if (_listed.ContainsKey(session.Key))
        {
            // Several may have had the same id and addresses; the device lists the one that is open, else the last.
            if (!_held.TryGetValue(session.Key, out HeldSession? other) || IsBetter(session, other)) _held[session.Key] = session;
            return;
        }
        if (!session.IsOpen) return;
        if (session.Start > _taken - Slack) Newer++;
        else _onlyHere.Add(new Difference(DifferenceKind.OnlyHere, session.Key, default, session.Counters));
    }

    /// <summary>Ends the comparison.</summary>
    /// <returns>The differences, in the order of the listing and then of our table.</returns>
    public IReadOnlyList<Difference> Complete()
    {
        var differences = new List<Difference>();
        foreach ((TableKey key, ListedSession listed) in _listed)
        {
            HeldSession? held = _held.GetValueOrDefault(key);
            if (Compare(listed, held) is { } kind) differences.Add(new Difference(kind, key, listed.Counters, held?.Counters ?? default));
        }
        return [.. differences, .. _onlyHere];
    }

    private DifferenceKind? Compare(ListedSession listed, HeldSession? held)
    {
        if (held is null) return DifferenceKind.OnlyThere;
        if (!held.IsOpen)
        {
            if (held.LastTime < _taken - Slack) return DifferenceKind.EndedHere;
            EndedSince++;
            return null;
        }
        if (_tolerance.Exceeds(listed.Counters, held.Counters)) return DifferenceKind.CountersApart;
        Agreed++;
        return null;
    }

    private static bool IsBetter(HeldSession session, HeldSession other) =>
        session.IsOpen != other.IsOpen ? session.IsOpen : session.Start > other.Start;
}
