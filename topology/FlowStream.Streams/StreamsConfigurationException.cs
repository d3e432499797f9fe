namespace FlowStream.Streams;

/// <summary>The application cannot start as it is configured; the message is one line that names what to change.</summary>
public sealed class StreamsConfigurationException : Exception
{
    /// <summary>A line that names what to change.</summary>
    public StreamsConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>A line that names what to change, and where it came from.</summary>
    public StreamsConfigurationException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>For serialisers only; carries no message of its own.</summary>
    public StreamsConfigurationException()
    {
    }
}
