namespace FlowStream.Streams.Tasks;

/// <summary>What a snapshot says of itself.</summary>
/// <param name="Position">The task's position at the commit the snapshot was cut after.</param>
/// <param name="ChangelogOffset">End of the changelog at that commit: replay goes on from there.</param>
internal readonly record struct SnapshotHeader(TaskPosition Position, long ChangelogOffset);
