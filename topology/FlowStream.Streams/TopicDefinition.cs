namespace FlowStream.Streams;

/// <summary>A topic that a stage needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CleanupPolicy">Kafka's <c>cleanup.policy</c>: delete, compact, or both.</param>
/// <param name="Partitions">Number of partitions to create it with, or null for as many as the stage's input topic has.</param>
public sealed record TopicDefinition(string Name, string CleanupPolicy, int? Partitions = null);
