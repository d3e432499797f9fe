namespace FlowStream.Testing.ForeignClients;

/// <summary>How a foreign client ended.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Errors">All of its standard error.</param>
public sealed record ForeignResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of its output, without the empty one after the last line end.</summary>
    public IReadOnlyList<string> Lines => Output.Length == 0 ? [] : Output.TrimEnd('\n').Split('\n');

    /// <summary>Fails the test with everything the client said, unless it ended well.</summary>
    /// <returns>This.</returns>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    public ForeignResult EnsureSuccess() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"{Command} ended with {ExitCode}\n{Errors}\n{Output}");
}
