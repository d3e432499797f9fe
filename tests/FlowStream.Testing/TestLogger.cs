using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlowStream.Testing;

/// <summary>A logger that keeps every line, at every level, for the test to look at. Safe to share between threads.</summary>
public sealed class TestLogger : ILogger
{
    private readonly string _category;
    private readonly ConcurrentQueue<LogLine> _lines;

    /// <summary>A logger on its own.</summary>
    /// <param name="category">The name its lines carry.</param>
    public TestLogger(string category = "test")
        : this(category, new ConcurrentQueue<LogLine>())
    {
    }

    internal TestLogger(string category, ConcurrentQueue<LogLine> lines)
    {
        _category = category;
        _lines = lines;
    }

    /// <summary>The lines so far, oldest first; those of all loggers of one <see cref="TestLoggerFactory"/> together.</summary>
    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        _lines.Enqueue(new LogLine(_category, logLevel, eventId, formatter(state, exception), exception));
    }
}
