namespace FlowStream.Broker.Log;

/// <summary>One header of a record to write.</summary>
/// <param name="Key">The name.</param>
/// <param name="Value">The value; null is allowed and kept apart from empty.</param>
internal readonly record struct RecordHeader(string Key, byte[]? Value);
