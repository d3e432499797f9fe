namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>An input broke a fuzz target. The message says where the input is kept.</summary>
internal sealed class FuzzFailedException(string message, Exception cause) : Exception(message, cause);
