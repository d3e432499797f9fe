using Microsoft.Extensions.Logging;

namespace FlowStream.Testing;

/// <summary>One line that was logged.</summary>
/// <param name="Category">The logger's name.</param>
/// <param name="Level">Its level.</param>
/// <param name="EventId">Its event id.</param>
/// <param name="Message">The text with its values filled in.</param>
/// <param name="Exception">The exception logged with it, if any.</param>
public sealed record LogLine(string Category, LogLevel Level, EventId EventId, string Message, Exception? Exception)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Level} {Category}: {Message}";
}
