namespace FlowStream.Streams.Driver;

/// <summary>Takes one committed record; it is valid only during the call.</summary>
public delegate void RecordHandler(in InputRecord record);
