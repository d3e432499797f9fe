namespace FlowStream.Broker.Topics;

/// <summary>A topic as <see cref="StoredMetadata"/> holds it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many partitions it has.</param>
/// <param name="Configs">The configuration entries that were set.</param>
internal sealed record StoredTopic(string Name, int Partitions, IReadOnlyDictionary<string, string> Configs);
