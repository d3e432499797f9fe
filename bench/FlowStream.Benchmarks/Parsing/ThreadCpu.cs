using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>
/// CPU time of the calling thread. What others do on the machine is not in it, nor what the runtime compiles on threads of its own. Linux.
/// </summary>
internal static class ThreadCpu
{
    // clock_gettime(2): CLOCK_THREAD_CPUTIME_ID.
    private const int ThreadClock = 3;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Seconds of CPU time since the thread began.</summary>
    public static double Seconds() => ClockGetTime(ThreadClock, out TimeSpec time) == 0
        ? time.Seconds + (time.Nanoseconds / NanosecondsPerSecond)
        : throw new Win32Exception(Marshal.GetLastPInvokeError(), "clock_gettime failed");

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
