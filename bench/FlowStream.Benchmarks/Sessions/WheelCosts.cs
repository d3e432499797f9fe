using FlowStream.Sessions.State;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>What one operation on the timing wheel costs, in nanoseconds of CPU time.</summary>
/// <param name="Arm">Arming a timer.</param>
/// <param name="Move">Moving one to another time.</param>
/// <param name="Fire">Firing one, with its way down the levels.</param>
internal readonly record struct WheelCosts(double Arm, double Move, double Fire)
{
    // An idle timeout, in milliseconds: timers lie anywhere in it, in an order that has nothing to do with memory.
    private const long Span = 2_400_000;
    private const long Stride = 1_000_003;

    /// <summary>Measures with <paramref name="timers"/> of them.</summary>
    public static WheelCosts Measure(int timers)
    {
        var slots = new PagedArray<SessionSlot>();
        for (int i = 0; i < timers; i++) slots[slots.Rent()] = default;
        var wheel = new TimingWheel(slots);
        wheel.TryAdvance(SessionTraffic.Begin, out _, out _);
        TimeSpan began = ThreadCpuTime.Now;
        for (int id = 1; id <= timers; id++) wheel.Arm(id, SessionTraffic.Begin + 1 + (id * Stride % Span));
        TimeSpan armed = ThreadCpuTime.Now;
        for (int id = 1; id <= timers; id++) wheel.Arm(id, SessionTraffic.Begin + Span + (id * Stride % Span));
        TimeSpan moved = ThreadCpuTime.Now;
        int fired = 0;
        while (wheel.TryAdvance(SessionTraffic.Begin + (2 * Span), out _, out Span<int> due)) fired += due.Length;
        TimeSpan done = ThreadCpuTime.Now;
        if (fired != timers) throw new InvalidDataException($"{fired} of {timers} timers fired.");
        return new WheelCosts(
            (armed - began).TotalNanoseconds / timers, (moved - armed).TotalNanoseconds / timers, (done - moved).TotalNanoseconds / timers);
    }
}
