using FlowStream.Parsing;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// Leaves bytes in an event's buffer behind the place where the next message will end. A parser that looks there finds quotes, digits or
/// separators, in two events different ones.
/// </summary>
internal sealed class StaleBytes
{
    // More than one block of vectorised code reads at once.
    private const int Beyond = 256;

    private readonly byte[][] _fills =
        [.. "\"7,a]=|: )"u8.ToArray().Select(b => Enumerable.Repeat(b, ParserLimits.MaxMessageBytes).ToArray())];

    private int _turn;

    /// <summary>Fills <paramref name="sessionEvent"/>.</summary>
    /// <param name="sessionEvent">The event.</param>
    /// <param name="length">Length of the next message.</param>
    /// <param name="place">Two places of the same turn get different bytes.</param>
    public void Leave(SessionEvent sessionEvent, int length, int place)
    {
        if (place == 0) _turn++;
        byte[] fill = _fills[(_turn + place) % _fills.Length];
        // A blank at the end would be trimmed.
        int end = Math.Min(fill.Length, length + Beyond);
        byte last = fill[end - 1];
        fill[end - 1] = (byte)'x';
        SyslogParser.Parse(fill.AsSpan(0, end), sessionEvent);
        fill[end - 1] = last;
    }
}
