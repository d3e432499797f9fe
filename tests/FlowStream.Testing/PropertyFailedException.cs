namespace FlowStream.Testing;

/// <summary>A claim of <see cref="Properties"/> did not hold. The message names the seed that repeats the run.</summary>
public sealed class PropertyFailedException : Exception
{
    /// <summary>An empty failure; only for callers that need the standard constructors.</summary>
    public PropertyFailedException()
    {
    }

    /// <summary>A failure with its description.</summary>
    /// <param name="message">What failed and how to repeat it.</param>
    public PropertyFailedException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its description and its cause.</summary>
    /// <param name="message">What failed and how to repeat it.</param>
    /// <param name="innerException">The exception the claim threw.</param>
    public PropertyFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
