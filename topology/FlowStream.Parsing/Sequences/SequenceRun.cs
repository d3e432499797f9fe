namespace FlowStream.Parsing.Sequences;

/// <summary>Numbers of one device that belong together: none is further than <see cref="SequenceTracker.Reach"/> from the others.</summary>
/// <param name="First">The lowest number.</param>
/// <param name="Last">The highest number.</param>
/// <param name="Distinct">How many different numbers were seen.</param>
/// <param name="Duplicates">How many came again.</param>
/// <param name="TooLate">
/// How many came more than <see cref="SequenceTracker.WindowNumbers"/> behind the highest one: whether they are new is not known, and they
/// count in neither of the two others.
/// </param>
public readonly record struct SequenceRun(ulong First, ulong Last, long Distinct, long Duplicates, long TooLate)
{
    /// <summary>
    /// Numbers between the first and the last that were not seen. Where <see cref="TooLate"/> is not 0 it is that many too high at most.
    /// </summary>
    public long Missing => (long)(Last - First) + 1 - Distinct;
}
