namespace FlowStream.Benchmarks.Stages;

/// <summary>What one core takes through parser, join and windows in process, committing as the runtime does.</summary>
/// <param name="Messages">Messages measured.</param>
/// <param name="MessagesPerSecond">Messages per second of the thread's CPU time, commits included.</param>
/// <param name="MessagesPerSecondWithoutCommits">The same without the time of commits.</param>
/// <param name="BytesAllocatedPerMessage">Bytes allocated for each message on the way through parser, join and windows.</param>
/// <param name="BytesAllocatedPerMessageInCommits">Bytes allocated in commits, for each message.</param>
/// <param name="ChangelogRowsPerMessage">Rows of state written, for each message.</param>
/// <param name="StateBytes">Memory of the state at the end.</param>
public readonly record struct StageThroughput(
    long Messages,
    double MessagesPerSecond,
    double MessagesPerSecondWithoutCommits,
    double BytesAllocatedPerMessage,
    double BytesAllocatedPerMessageInCommits,
    double ChangelogRowsPerMessage,
    long StateBytes)
{
    /// <summary>Records in a transaction: the default of the runtime.</summary>
    public const int CommitRecords = 10_000;

    /// <summary>
    /// Takes all of <paramref name="lines"/> through <paramref name="pipeline"/>. CPU time is that of the calling thread.
    /// </summary>
    public static StageThroughput Measure(StagePipeline pipeline, SimulatedLines lines)
    {
        TimeSpan processing = default, committing = default;
        long allocated = 0, allocatedInCommits = 0, rows = pipeline.Changelog.Rows;
        for (int from = 0; from < lines.Count; from += CommitRecords)
        {
            int to = Math.Min(from + CommitRecords, lines.Count);
            (TimeSpan Cpu, long Allocated) began = Now();
            for (int i = from; i < to; i++) pipeline.Process(lines.Key(i), lines.Line(i), lines.Timestamp(i));
            (TimeSpan Cpu, long Allocated) processed = Now();
            pipeline.Commit();
            (TimeSpan Cpu, long Allocated) committed = Now();
            processing += processed.Cpu - began.Cpu;
            committing += committed.Cpu - processed.Cpu;
            allocated += processed.Allocated - began.Allocated;
            allocatedInCommits += committed.Allocated - processed.Allocated;
        }
        double count = lines.Count;
        return new StageThroughput(
            lines.Count,
            count / (processing + committing).TotalSeconds,
            count / processing.TotalSeconds,
            allocated / count,
            allocatedInCommits / count,
            (pipeline.Changelog.Rows - rows) / count,
            pipeline.MemoryBytes);
    }

    private static (TimeSpan Cpu, long Allocated) Now() => (ThreadCpuTime.Now, GC.GetAllocatedBytesForCurrentThread());
}
