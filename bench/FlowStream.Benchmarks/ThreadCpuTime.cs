using System.Runtime.InteropServices;

namespace FlowStream.Benchmarks;

/// <summary>
/// CPU time of the calling thread: neither what the compiler and the collector do on theirs nor what others do on the machine counts.
/// </summary>
internal static class ThreadCpuTime
{
    // CLOCK_THREAD_CPUTIME_ID of Linux, clock_gettime(2).
    private const int ThreadCpuClock = 3;

    /// <summary>The time since the thread began.</summary>
    /// <exception cref="InvalidOperationException">The system has no such clock.</exception>
    public static TimeSpan Now
    {
        get
        {
            if (GetTime(ThreadCpuClock, out Timespec time) != 0)
                throw new InvalidOperationException("There is no CPU clock of the thread.");
            return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Timespec time);

    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
