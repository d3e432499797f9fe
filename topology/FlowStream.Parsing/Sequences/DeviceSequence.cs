namespace FlowStream.Parsing.Sequences;

/// <summary>
/// What was seen of the numbers of one device. The lines of a device are spread over partitions, so that each of several trackers sees
/// only some of its numbers; their answers add up with <see cref="Add"/>, exactly, because a line and its copies share a partition:
/// missing = highest - lowest + 1 - distinct, over all of them.
/// </summary>
/// <param name="Device">Its serial number, or its name where the log holds none.</param>
/// <param name="Runs">Its runs by their first number: a device that was reset counts from the beginning again.</param>
/// <param name="Strays">Numbers that were far from any run and of which too few came to keep them.</param>
public sealed record DeviceSequence(string Device, IReadOnlyList<SequenceRun> Runs, long Strays)
{
    /// <summary>Different numbers seen.</summary>
    public long Distinct => Runs.Sum(run => run.Distinct);

    /// <summary>Numbers seen again.</summary>
    public long Duplicates => Runs.Sum(run => run.Duplicates);

    /// <summary>Numbers that came too late to tell.</summary>
    public long TooLate => Runs.Sum(run => run.TooLate);

    /// <summary>Numbers that were skipped inside the runs: lines lost, or not sent.</summary>
    public long Missing => Runs.Sum(run => run.Missing);

    /// <summary>What two trackers saw together; runs that are within reach of each other are one.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> is about another device.</exception>
    public DeviceSequence Add(DeviceSequence other)
    {
        if (other.Device != Device) throw new ArgumentException($"{other.Device} is not {Device}.", nameof(other));
        var runs = new List<SequenceRun>();
        foreach (SequenceRun run in Runs.Concat(other.Runs).OrderBy(r => r.First))
        {
            if (runs.Count > 0 && run.First <= runs[^1].Last + Math.Min(SequenceTracker.Reach, ulong.MaxValue - runs[^1].Last))
                runs[^1] = Join(runs[^1], run);
            else
                runs.Add(run);
        }
        return new DeviceSequence(Device, runs, Strays + other.Strays);
    }

    private static SequenceRun Join(SequenceRun a, SequenceRun b) =>
        new(a.First, Math.Max(a.Last, b.Last), a.Distinct + b.Distinct, a.Duplicates + b.Duplicates, a.TooLate + b.TooLate);
}
