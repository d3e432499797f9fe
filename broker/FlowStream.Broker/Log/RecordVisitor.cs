namespace FlowStream.Broker.Log;

/// <summary>Is handed each record in offset order; must not keep its spans.</summary>
/// <param name="record">The record.</param>
internal delegate void RecordVisitor(in LogRecord record);
