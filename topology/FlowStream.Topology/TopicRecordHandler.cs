using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>Takes a record of a public topic; it is valid only during the call.</summary>
public delegate void TopicRecordHandler(string topic, in InputRecord record);
