namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>What the stages take through a broker, exactly once.</summary>
/// <param name="Messages">Messages in the raw topic before the stages started.</param>
/// <param name="MessagesPerSecond">Rate between the first and the last commit of the session stage.</param>
/// <param name="SecondHalfPerSecond">The rate of the second half of the messages: that of a process whose code is compiled.</param>
/// <param name="Drained">From the start of the process to the moment when every output was readable.</param>
/// <param name="TopologyCpu">CPU time of the stages until then.</param>
/// <param name="BrokerCpu">CPU time of the broker until then.</param>
/// <param name="TopologyPeakMemory">Most memory the stages used, bytes.</param>
/// <param name="Sessions">Final records, revisions included.</param>
internal readonly record struct EndToEndThroughput(
    long Messages,
    double MessagesPerSecond,
    double SecondHalfPerSecond,
    TimeSpan Drained,
    TimeSpan TopologyCpu,
    TimeSpan BrokerCpu,
    long TopologyPeakMemory,
    int Sessions);
