namespace FlowStream.Broker.Wire;

/// <summary>Reads one element of an array.</summary>
/// <param name="reader">At the element's first byte; after the call at the next one's.</param>
internal delegate T ElementReader<T>(ref KafkaReader reader);
