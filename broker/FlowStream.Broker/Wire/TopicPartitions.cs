namespace FlowStream.Broker.Wire;

/// <summary>One topic of a request, with what is asked of its partitions.</summary>
/// <param name="Topic">The topic's name, as the client wrote it.</param>
/// <param name="Partitions">One entry per partition.</param>
internal readonly record struct TopicPartitions<T>(string Topic, List<T> Partitions);
