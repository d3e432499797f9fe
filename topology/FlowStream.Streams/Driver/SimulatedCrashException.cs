namespace FlowStream.Streams.Driver;

/// <summary>Unwinds a simulated process that died. Nothing in the runtime catches it.</summary>
internal sealed class SimulatedCrashException : Exception;
