namespace FlowStream.Queries.Instances;

/// <summary>An instance did not answer, or not to the end; the message says why.</summary>
public sealed class InstanceFailedException : Exception
{
    /// <summary>Says why.</summary>
    public InstanceFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and where it came from.</summary>
    public InstanceFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>For serialisers only; carries no message of its own.</summary>
    public InstanceFailedException()
    {
    }
}
