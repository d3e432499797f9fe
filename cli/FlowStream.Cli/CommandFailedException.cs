namespace FlowStream.Cli;

/// <summary>A failure whose message is the one line that the user reads; it says what to do.</summary>
internal sealed class CommandFailedException : Exception
{
    public CommandFailedException(string message)
        : base(message)
    {
    }

    public CommandFailedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
