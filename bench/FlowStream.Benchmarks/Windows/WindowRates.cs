using System.Text;
using FlowStream.Bandwidth;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Benchmarks.Windows;

/// <summary>Both steps of the windows by themselves: deltas of one minute under a number of keys, committed every 10 000.</summary>
internal sealed class WindowRates : IPartialOutput, IStateWriter, IWindowOutput
{
    private const int DeltasPerCommit = 10_000;
    private const int Deltas = 1_000_000;
    private const long Start = 1_777_624_020_000;

    private readonly BandwidthWindows _windows = new(new BandwidthOptions { Longer = false }, 0);

    /// <summary>Windows emitted.</summary>
    public long Emitted { get; private set; }

    /// <summary>Deltas per second of the thread's CPU time, the best of three rounds, and bytes of memory for each key kept.</summary>
    public static (double DeltasPerSecond, double BytesPerKey) Measure(int keys)
    {
        byte[][] names = [.. Enumerable.Range(0, keys).Select(key => Encoding.ASCII.GetBytes($"APP-{key}"))];
        double best = 0, bytes = 0;
        // The first round lets the runtime compile.
        for (int round = 0; round < 4; round++)
        {
            var rates = new WindowRates();
            TimeSpan began = ThreadCpuTime.Now;
            rates.Run(names);
            double rate = Deltas / (ThreadCpuTime.Now - began).TotalSeconds;
            if (round > 0) best = Math.Max(best, rate);
            bytes = (double)rates._windows.MemoryBytes / rates._windows.Count;
            if (rates.Emitted == 0) throw new InvalidOperationException("No window was emitted.");
        }
        return (best, bytes);
    }

    public void Partial(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!_windows.TryAdd(key, value)) throw new InvalidOperationException("A partial was refused.");
    }

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // What is written is not measured.
    }

    public void Delete(ReadOnlySpan<byte> key)
    {
        // As above.
    }

    public void Window(BandwidthWindow window) => Emitted++;

    private void Run(byte[][] names)
    {
        var partials = new PartialWindows([Aggregation.Application], TumblingWindows.OneMinute);
        for (int i = 1; i <= Deltas; i++)
        {
            long time = Start + (i % 60_000);
            partials.Add(new VolumeDelta(1, time, time, new Volume(i, 3, 2, 1)), new SessionDimensions("fw1"u8, names[i % names.Length]));
            if (i % DeltasPerCommit != 0) continue;
            partials.Drain(this);
            if (i == Deltas) _windows.AdvanceTime(Start + 120_000);
            _windows.Commit(this, this);
        }
    }
}
