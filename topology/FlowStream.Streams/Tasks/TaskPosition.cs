namespace FlowStream.Streams.Tasks;

/// <summary>How far a task has come at a commit: what its state has to be told apart by.</summary>
/// <param name="InputOffset">Offset of the next input record to read.</param>
/// <param name="StreamTime">Stream time, Unix milliseconds; <see cref="long.MinValue"/> before the first record.</param>
/// <param name="ChangelogId">Drawn when the changelog partition was empty; tells a recreated changelog from the one a snapshot was cut
/// from.</param>
internal readonly record struct TaskPosition(long InputOffset, long StreamTime, Guid ChangelogId);
