namespace FlowStream.Producers.Simulation;

/// <summary>
/// Firewalls under traffic: hands out their messages one after the other, in the order in which they arrive, and tells
/// <see cref="ISimulationTruth"/> what must become of them. Memory grows with the sessions that are open at once, not with all of them.
/// </summary>
/// <remarks>
/// Sessions come in clusters, with heavy-tailed sizes and durations. Devices differ in release: some send RT_FLOW alone, some AppTrack
/// alone, some both with two closes for one session, the small ones use their ids again soon. Messages get lost, arrive twice and are
/// overtaken as the options say. Not simulated: failover of a cluster, wrong device clocks.
/// </remarks>
public sealed class TrafficSimulator
{
    private const long UpdateMs = 300_000;
    private const long FirstUpdateMs = 60_000;
    private const int MaxLostInARow = 4;
    private const int MaxChangesOfAKind = 2;
    private const ulong BulkSeed = 0xB0;

    // Far more flows than partitions, so that each partition sees some.
    private const int HeartbeatFlows = 256;
    private const long SettledMs = 300_000;

    private static readonly long[] HeartbeatsMs = [45 * 60_000, 60 * 60_000];

    private readonly SimulationOptions _options;
    // Faults are drawn apart from the traffic: with other shares of faults the same sessions happen.
    private readonly SimulationRandom _traffic;
    private readonly SimulationRandom _faults;
    private readonly SimulationRandom _changes;
    private readonly SimulatedDevice[] _devices;
    private readonly SessionGenerator _generator;
    private readonly PriorityQueue<Action, (long TimeMs, long Order)> _agenda = new();
    private readonly SortedSet<(long StartMs, long Number)> _unsettled = [];
    private readonly ISimulationTruth? _truth;
    private readonly WindowLedger _ledger = new();
    private readonly SessionOracle _oracle;
    private readonly double _clusterGapMs;
    private readonly long _maxDelayMs;
    private double _nextClusterMs;
    private long _remaining;
    private long _order;
    private long _nowMs;
    private bool _heartbeatsSet;

    /// <summary>Prepares a simulation; nothing happens before the first <see cref="MoveNext"/>.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="truth">Told what must become of the messages, or null.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public TrafficSimulator(SimulationOptions options, ISimulationTruth? truth = null)
    {
        options.Validate();
        _options = options;
        _truth = truth;
        _traffic = new SimulationRandom(options.Seed);
        _faults = new SimulationRandom(_traffic.NextBits());
        _changes = new SimulationRandom(~options.Seed);
        int junos = options.Devices - options.PanosDevices;
        _devices = [.. Enumerable.Range(0, options.Devices).Select(number => new SimulatedDevice(number, panos: number >= junos))];
        var bulk = new BulkTransfers(new SimulationRandom(options.Seed ^ BulkSeed), options.Bulk);
        _generator = new SessionGenerator(_traffic, _devices, bulk);
        _oracle = new SessionOracle(_ledger);
        _clusterGapMs = SessionGenerator.MeanClusterSize * 1000 / options.SessionsPerSecond;
        _maxDelayMs = (long)options.MaxDelay.TotalMilliseconds;
        _remaining = options.Sessions;
        _nowMs = options.Start.ToUnixTimeMilliseconds();
        _nextClusterMs = _nowMs;
        if (_remaining > 0) At(_nowMs, OpenCluster);
    }

    /// <summary>The message, without a line end.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>The time that the message states, Unix milliseconds: what <c>replay</c> would stamp it with.</summary>
    public long TimestampMs { get; private set; }

    /// <summary>Moves to the next message.</summary>
    /// <returns>False at the end; the truth is then told in full.</returns>
    public bool MoveNext()
    {
        Line = default;
        while (Line.IsEmpty)
        {
            if (!_agenda.TryDequeue(out Action? step, out (long TimeMs, long Order) when))
            {
                if (_heartbeatsSet || !_options.Heartbeat || _options.Sessions == 0) return Finish();
                SetHeartbeats();
                continue;
            }
            _nowMs = when.TimeMs;
            step();
        }
        return true;
    }

    private void At(long timeMs, Action step) => _agenda.Enqueue(step, (timeMs, _order++));

    private bool Finish()
    {
        if (_truth is not null) _ledger.Flush(long.MaxValue, _truth);
        return false;
    }

    private void OpenCluster()
    {
        List<SimulatedSession> cluster = _generator.Cluster(_nowMs, _remaining);
        foreach (SimulatedSession session in cluster)
        {
            if (session.Traffic is null)
            {
                At(session.StartMs, () => Deny(session));
                continue;
            }
            _remaining--;
            _unsettled.Add((session.StartMs, session.Number));
            At(session.StartMs, () => Open(session));
        }
        FlushSettled();
        _nextClusterMs += _traffic.Exponential(_clusterGapMs);
        if (_remaining > 0) At((long)_nextClusterMs, OpenCluster);
    }

    // Minutes that no unsettled session reaches back to, with room for messages on their way and for starts known to the second only.
    private void FlushSettled()
    {
        if (_truth is null) return;
        long oldestMs = _unsettled.Count == 0 ? _nowMs : Math.Min(_nowMs, _unsettled.Min.StartMs);
        _ledger.Flush(oldestMs - SettledMs, _truth);
    }

    private void Open(SimulatedSession session)
    {
        SimulatedModel model = session.Device.Model;
        if (session.Device.IsPanos) PlanStarts(session);
        else if (model.AppTrackUpdate.Length > 0 && _options.Changes > 0 && _changes.Chance(_options.Changes)) PlanChanges(session);
        Send(session, "RT_FLOW_SESSION_CREATE", model.RtFlowCreate, 0, _faults.Chance(_options.LostCreates));
        Send(session, "APPTRACK_SESSION_CREATE", model.AppTrackCreate, 0, _faults.Chance(_options.LostCreates));
        if (model.AppTrackUpdate.Length > 0) PlanUpdate(session, model.FirstUpdate ? FirstUpdateMs : UpdateMs);
        At(session.StartMs + session.DurationMs, () => Close(session));
    }

    // PAN-OS logs the start of a session when it knows the application, and again when it knows better.
    private void PlanStarts(SimulatedSession session)
    {
        PlanStart(session, Math.Min(session.IdentifiedAfterMs, session.DurationMs));
        bool shifts = session.HasNested && session.NestedAfterMs > session.IdentifiedAfterMs && session.NestedAfterMs < session.DurationMs;
        if (shifts) PlanStart(session, session.NestedAfterMs);
    }

    private void PlanStart(SimulatedSession session, long ageMs) => At(
        session.StartMs + ageMs,
        () => SendLog(session, PanosLog.Start, ageMs, _faults.Chance(_options.LostCreates)));

    private void PlanChanges(SimulatedSession session)
    {
        foreach ((string tag, string[] keys) in SessionChanges.All)
        {
            long lastMs = -10_000;
            for (int times = _changes.Next(MaxChangesOfAKind + 1); times > 0; times--)
            {
                long ageMs = _changes.Between(0, session.DurationMs);
                // Two of a kind in one second, which is all that some devices print, have no order.
                if (Math.Abs(ageMs - lastMs) < 2000) continue;
                lastMs = ageMs;
                At(session.StartMs + ageMs, () => Send(session, tag, keys, ageMs, _faults.Chance(_options.LostUpdates)));
            }
        }
    }

    private void PlanUpdate(SimulatedSession session, long ageMs)
    {
        if (ageMs >= session.DurationMs) return;
        At(session.StartMs + ageMs, () =>
        {
            bool lost = _faults.Chance(_options.LostUpdates) && session.LostInARow < MaxLostInARow;
            session.LostInARow = lost ? session.LostInARow + 1 : 0;
            Send(session, "APPTRACK_SESSION_VOL_UPDATE", session.Device.Model.AppTrackUpdate, ageMs, lost);
            PlanUpdate(session, ageMs < UpdateMs ? UpdateMs : ageMs + UpdateMs);
        });
    }

    private void Close(SimulatedSession session)
    {
        SimulatedModel model = session.Device.Model;
        if (session.Device.IsPanos) SendLog(session, PanosLog.End, session.DurationMs, _faults.Chance(_options.LostCloses));
        Send(session, "RT_FLOW_SESSION_CLOSE", model.RtFlowClose, session.DurationMs, _faults.Chance(_options.LostCloses));
        Send(session, "APPTRACK_SESSION_CLOSE", model.AppTrackClose, session.DurationMs, _faults.Chance(_options.LostCloses));
        session.Device.ReleaseId(session.Id);
        session.Ended = true;
        if (_truth is not null) _ledger.Flow(session);
        Settle(session);
    }

    private void Send(SimulatedSession session, string tag, string[] keys, long ageMs, bool lost)
    {
        if (keys.Length > 0 && !lost) Send(session, session.Word(tag, keys, ageMs));
    }

    private void SendLog(SimulatedSession session, string tag, long ageMs, bool lost)
    {
        if (!lost) Send(session, PanosLog.Word(session, tag, ageMs));
    }

    private void Send(SimulatedSession session, SimulatedMessage message)
    {
        session.Written.Add(message);
        Arrive(session, message, _faults.Chance(_options.Reordered) ? _faults.Between(1, _maxDelayMs) : 0);
        if (_faults.Chance(_options.Duplicates)) Arrive(session, message, _faults.Between(0, _maxDelayMs));
    }

    private void Arrive(SimulatedSession session, SimulatedMessage message, long delayMs)
    {
        session.OnTheWay++;
        At(_nowMs + delayMs, () =>
        {
            HandOut(message);
            session.OnTheWay--;
            Settle(session);
        });
    }

    private void Settle(SimulatedSession session)
    {
        if (!session.Ended || session.OnTheWay > 0) return;
        _unsettled.Remove((session.StartMs, session.Number));
        if (_truth is not null && _oracle.Resolve(session) is { } record) _truth.Session(record);
    }

    private void Deny(SimulatedSession attempt)
    {
        SimulatedMessage message = attempt.Word("RT_FLOW_SESSION_DENY", attempt.Device.Model.RtFlowDeny, 0);
        long delayMs = _faults.Chance(_options.Reordered) ? _faults.Between(1, _maxDelayMs) : 0;
        At(_nowMs + delayMs, () =>
        {
            HandOut(message);
            if (_truth is null) return;
            _ledger.Deny(message.TimeMs, MessageReading.Application(message));
            _truth.Denial(DenialOracle.Resolve(attempt, message));
        });
    }

    private void HandOut(SimulatedMessage message)
    {
        Line = message.Line;
        TimestampMs = message.TimeMs;
    }

    private void SetHeartbeats()
    {
        _heartbeatsSet = true;
        long lastMs = _nowMs;
        foreach (long afterMs in HeartbeatsMs)
        {
            for (int flow = 0; flow < HeartbeatFlows; flow++)
            {
                SimulatedSession attempt = SessionGenerator.Heartbeat(_devices[0], flow, lastMs + afterMs + flow);
                At(attempt.StartMs, () => Deny(attempt));
            }
        }
    }
}
