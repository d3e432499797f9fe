namespace FlowStream.Streams;

/// <summary>A question about state is not asked: too many wait already, or the stage does not run here. Asking later may help.</summary>
public sealed class StateQueryRefusedException : Exception
{
    /// <summary>A line that says why.</summary>
    public StateQueryRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>A line that says why, and where it came from.</summary>
    public StateQueryRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>For serialisers only; carries no message of its own.</summary>
    public StateQueryRefusedException()
    {
    }
}
