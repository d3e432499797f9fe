using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlowStream.Testing;

/// <summary>Makes loggers whose lines end up in one list. <c>factory.CreateLogger&lt;T&gt;()</c> gives a typed one.</summary>
public sealed class TestLoggerFactory : ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    /// <summary>The lines of all its loggers so far, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new TestLogger(categoryName, _lines);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: lines go to <see cref="Lines"/> and nowhere else.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("lines are kept in Lines only");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing but its lines.
    }
}
