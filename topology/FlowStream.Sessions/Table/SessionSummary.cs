namespace FlowStream.Sessions.Table;

/// <summary>How many sessions there are, by state and protocol, and since when.</summary>
public sealed class SessionSummary
{
    private readonly long[] _states = new long[Enum.GetValues<SessionState>().Length];
    private readonly long[] _protocols = new long[byte.MaxValue + 1];

    /// <summary>Number of sessions.</summary>
    public long Count { get; private set; }

    /// <summary>Earliest start, Unix milliseconds; null when there are none.</summary>
    public long? OldestStart { get; private set; }

    /// <summary>Number of sessions in <paramref name="state"/>.</summary>
    public long Of(SessionState state) => _states[(int)state];

    /// <summary>Number of sessions of an IP protocol.</summary>
    public long OfProtocol(byte protocol) => _protocols[protocol];

    /// <summary>Counts the session that <paramref name="scan"/> has found.</summary>
    public void Add(SessionScan scan)
    {
        Count++;
        _states[(int)scan.State]++;
        _protocols[scan.Protocol]++;
        Began(scan.StartTime);
    }

    /// <summary>Adds another summary.</summary>
    public void Add(SessionSummary other)
    {
        Count += other.Count;
        for (int i = 0; i < _states.Length; i++) _states[i] += other._states[i];
        for (int i = 0; i < _protocols.Length; i++) _protocols[i] += other._protocols[i];
        if (other.OldestStart is { } start) Began(start);
    }

    private void Began(long start) => OldestStart = Math.Min(start, OldestStart ?? start);
}
