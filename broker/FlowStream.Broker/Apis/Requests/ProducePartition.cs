namespace FlowStream.Broker.Apis.Requests;

/// <summary>The records for one partition in a Produce request.</summary>
/// <param name="Index">The partition.</param>
/// <param name="Records">Where in the request body the record batch is; empty for null.</param>
internal readonly record struct ProducePartition(int Index, Range Records);
