namespace FlowStream.Producers.Simulation;

/// <summary>
/// How a session's traffic runs over its life: what has flowed by each millisecond. It is made of a few stretches of even rate, so that a
/// transfer may come in bursts with pauses between; after the last stretch nothing flows and the session waits for its end.
/// </summary>
internal sealed class TrafficCurve
{
    private const int MaxStretches = 6;
    private const long SteadyStretchMs = 60_000;

    private readonly long[] _times;
    private readonly long[] _weights;
    private readonly SimulatedVolume _total;

    /// <summary>Draws a curve.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="activeMs">How long traffic flows, at least 1 ms.</param>
    /// <param name="total">What flows in all.</param>
    public TrafficCurve(SimulationRandom random, long activeMs, SimulatedVolume total)
    {
        _total = total;
        int stretches = (int)Math.Min(1 + random.Next(MaxStretches), activeMs);
        _times = new long[stretches + 1];
        _weights = new long[stretches + 1];
        for (int i = 1; i < stretches; i++) _times[i] = random.Between(1, activeMs);
        _times[stretches] = activeMs;
        Array.Sort(_times);
        // A weight of 0 is a pause; the first stretch never is, for a session begins with a packet.
        for (int i = 1; i <= stretches; i++) _weights[i] = _weights[i - 1] + (i == 1 ? 1 + random.Next(100) : random.Next(101));
    }

    private TrafficCurve(long[] times, long[] weights, SimulatedVolume total) => (_times, _weights, _total) = (times, weights, total);

    /// <summary>Draws a curve without pauses, whose rate stays within a tenth of its mean, drawn anew each minute.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="activeMs">How long traffic flows, at least 1 ms.</param>
    /// <param name="total">What flows in all.</param>
    public static TrafficCurve Steady(SimulationRandom random, long activeMs, SimulatedVolume total)
    {
        int stretches = (int)((activeMs + SteadyStretchMs - 1) / SteadyStretchMs);
        long[] times = new long[stretches + 1], weights = new long[stretches + 1];
        for (int i = 1; i <= stretches; i++)
        {
            times[i] = Math.Min(i * SteadyStretchMs, activeMs);
            weights[i] = weights[i - 1] + random.Between(90, 110);
        }
        return new TrafficCurve(times, weights, total);
    }

    /// <summary>What has flowed after <paramref name="ageMs"/>.</summary>
    public SimulatedVolume At(long ageMs)
    {
        if (ageMs <= 0) return default;
        if (ageMs >= _times[^1]) return _total;
        int i = 1;
        while (_times[i] <= ageMs) i++;
        long length = _times[i] - _times[i - 1];
        // Position on the whole curve as a fraction whose denominator is the whole weight times the length of this stretch.
        long reached = (_weights[i - 1] * length) + ((_weights[i] - _weights[i - 1]) * (ageMs - _times[i - 1]));
        return _total.Part(reached, _weights[^1] * length);
    }
}
