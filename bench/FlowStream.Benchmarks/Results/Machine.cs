using System.Globalization;
using System.Runtime.InteropServices;

namespace FlowStream.Benchmarks.Results;

/// <summary>Where a run took place.</summary>
/// <param name="Processor">Model of the processor.</param>
/// <param name="Processors">How many the process may use.</param>
/// <param name="MemoryBytes">Memory of the machine.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">Version of .NET.</param>
public sealed record Machine(string Processor, int Processors, long MemoryBytes, string System, string Runtime)
{
    private const string LoadFile = "/proc/loadavg";
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>This one.</summary>
    public static Machine Current() => new(
        Model(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    /// <summary>
    /// Processes that ran or waited for a processor, on average over the last minute; null where the system does not say. Far above the
    /// number of processors, the figures are those of a busy machine.
    /// </summary>
    public static double? Load() =>
        File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : null;

    private static string Model()
    {
        const string Name = "model name";
        string? line = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
