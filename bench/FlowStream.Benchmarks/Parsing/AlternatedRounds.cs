using System.Diagnostics;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>
/// Measures several ways to do one thing in turns, so that whatever slows the machine down for a while slows all of them down.
/// </summary>
internal static class AlternatedRounds
{
    private const int Rounds = 301;

    // The runtime compiles hot methods anew in the background; on a busy machine that takes a while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    // A round fits into one turn on the processor, and the clock is a thousand times finer.
    private const double RoundSeconds = 0.002;

    /// <summary>Measures each of <paramref name="ways"/> in seconds of the thread's CPU time for one call.</summary>
    public static IReadOnlyList<RoundTimes> Measure(params Action[] ways)
    {
        int[] calls = [.. ways.Select(CallsOfRound)];
        double[][] seconds = [.. ways.Select(_ => new double[Rounds])];
        long[] allocated = new long[ways.Length];
        for (int round = 0; round < Rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                double began = ThreadCpuTime.Now.TotalSeconds;
                for (int i = 0; i < calls[way]; i++) ways[way]();
                seconds[way][round] = (ThreadCpuTime.Now.TotalSeconds - began) / calls[way];
                allocated[way] += GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        return [.. ways.Select((_, way) => Times(seconds[way], (double)allocated[way] / (Rounds * calls[way])))];
    }

    private static RoundTimes Times(double[] seconds, double allocated)
    {
        Array.Sort(seconds);
        return new RoundTimes(seconds[0], seconds[Rounds / 2], allocated);
    }

    private static int CallsOfRound(Action way)
    {
        double fastest = double.MaxValue;
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp;)
        {
            double start = ThreadCpuTime.Now.TotalSeconds;
            way();
            fastest = Math.Min(fastest, ThreadCpuTime.Now.TotalSeconds - start);
        }
        return (int)Math.Clamp(RoundSeconds / fastest, 1, int.MaxValue);
    }
}
