using FlowStream.Broker.Log;

namespace FlowStream.Broker.Topics;

/// <summary>One configuration entry that topics know.</summary>
/// <param name="Name">Its name in Kafka.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Default">The value of a topic that does not set it.</param>
/// <param name="Apply">Sets it in a log's options; null when the text is no legal value.</param>
internal sealed record TopicConfigDefinition(
    string Name, TopicConfigType Type, string Default, Func<LogOptions, string, LogOptions?> Apply);
