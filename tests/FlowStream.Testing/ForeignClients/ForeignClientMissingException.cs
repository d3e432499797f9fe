namespace FlowStream.Testing.ForeignClients;

/// <summary>A client that a test needs is not on this machine. The test fails: a proof that was not run is no proof.</summary>
/// <param name="client">What is missing.</param>
public sealed class ForeignClientMissingException(string client)
    : Exception($"{client} is not installed: run `make setup` as root, or install what it names");
