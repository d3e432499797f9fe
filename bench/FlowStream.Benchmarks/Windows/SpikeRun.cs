using System.Diagnostics;
using System.Globalization;
using FlowStream.Bandwidth;
using FlowStream.Benchmarks.Results;
using FlowStream.Benchmarks.Stages;
using FlowStream.Producers.Simulation;
using FlowStream.Schemas;
using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Benchmarks.Windows;

/// <summary>
/// How near the windows come to what really flowed, beside collectors that put a session's bytes where its record arrives: the same
/// simulated traffic, hours of it with bulk transfers among it, minute by minute.
/// </summary>
internal sealed class SpikeRun(Action<Figure> tell, Action<string> note, string folder)
{
    private const long MinuteMs = 60_000;

    /// <summary>Measures, writes the minutes as a table and draws them.</summary>
    public void Measure()
    {
        var truth = new SpikeTruth();
        var lines = SimulatedLines.Of(
            new SimulationOptions
            {
                Seed = 11, Sessions = 40_000, SessionsPerSecond = 2, Bulk = 0.003, LostUpdates = 0, LostCloses = 0, LostCreates = 0,
            },
            truth);
        SortedDictionary<long, long> windows = Windows(lines);
        if (windows.Values.Sum() != truth.Dumped.Values.Sum())
            throw new InvalidOperationException("The windows do not add up to the sessions.");
        double highest = truth.Flowed.Values.Max(), total = truth.Flowed.Values.Sum();
        tell(new Figure("highest minute of the windows", windows.Values.Max() / highest, "of the highest that flowed"));
        tell(new Figure("highest minute of sessions put at their end", truth.Dumped.Values.Max() / highest, "of the highest that flowed"));
        tell(new Figure("bytes of the windows in a wrong minute", 100 * Misplaced(windows, truth.Flowed) / total, "%"));
        tell(new Figure("bytes of sessions put at their end in a wrong minute", 100 * Misplaced(truth.Dumped, truth.Flowed) / total, "%"));
        string table = Path.Combine(folder, "spikes.csv");
        Write(table, truth, windows);
        Draw(table, Path.Combine(folder, "spikes.png"));
    }

    // Half of the differences: a byte in a wrong minute is missing in the right one.
    private static double Misplaced(SortedDictionary<long, long> shown, SortedDictionary<long, long> flowed) =>
        shown.Keys.Union(flowed.Keys).Sum(m => Math.Abs((double)shown.GetValueOrDefault(m) - flowed.GetValueOrDefault(m))) / 2;

    private static SortedDictionary<long, long> Windows(SimulatedLines lines)
    {
        var last = new Dictionary<string, (long Start, long Bytes)>();
        var framing = new SingleObjectFraming<BandwidthWindow>();
        var window = new BandwidthWindow();
        var options = new TopologyOptions
        {
            HashSeed = 1, Aggregations = [Aggregation.Total], Bandwidth = new BandwidthOptions { TopTalkers = 0, Longer = false },
        };
        using var analysis = new FileAnalysis(options, "bench", (string topic, in InputRecord record) =>
        {
            if (topic != FlowTopics.Bandwidth) return;
            framing.Read(window, record.Value.ToArray());
            last[Convert.ToHexString(record.Key)] = (window.WindowStart, window.BytesFromClient + window.BytesFromServer);
        });
        for (int i = 0; i < lines.Count; i++) analysis.Add(lines.Line(i), lines.Key(i), lines.Timestamp(i));
        analysis.Complete();
        return new SortedDictionary<long, long>(last.Values.ToDictionary(entry => entry.Start, entry => entry.Bytes));
    }

    private static void Write(string path, SpikeTruth truth, SortedDictionary<long, long> windows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var table = new StreamWriter(path);
        table.WriteLine("minute,flowed,windows,at_end");
        long first = truth.Flowed.Keys.First(), end = truth.Flowed.Keys.Last();
        for (long minute = first; minute <= end; minute += MinuteMs)
        {
            table.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(minute - first) / MinuteMs},{truth.Flowed.GetValueOrDefault(minute)},{windows.GetValueOrDefault(minute)}"
                + $",{truth.Dumped.GetValueOrDefault(minute)}"));
        }
    }

    // Debian's python3-matplotlib draws; without it the table stands alone.
    private void Draw(string table, string chart)
    {
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(folder, "..", "spikes.py"), table, chart },
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) note($"no chart was drawn: {error.Trim().Split('\n')[^1]}");
    }
}
