using FlowStream.Parsing;
using FlowStream.Sessions;

namespace FlowStream.Topology;

/// <summary>
/// Messages that are parsed and wait to be joined, in order, each with the stream time that came after it. Parsing several and then joining
/// them keeps the code of each near the core, and lets the join fetch from memory what they need together.
/// </summary>
internal sealed class ParsedMessages
{
    private const long None = long.MinValue;

    private readonly SessionEvent[] _events = SessionEvent.Several(SessionJoin.MaxForeseen);
    private readonly (long Timestamp, long StreamTime)[] _times = new (long, long)[SessionJoin.MaxForeseen];

    /// <summary>Bytes of memory of one event: its message and the tables of fields.</summary>
    public long MemoryBytes => _events.Length * (ParserLimits.MaxMessageBytes + 16L * 1024);

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>True when no more can wait.</summary>
    public bool IsFull => Count == _times.Length;

    /// <summary>Where the next message is parsed to; <see cref="Add"/> lets it wait.</summary>
    public SessionEvent Next => _events[Count];

    /// <summary>Those that wait.</summary>
    public ReadOnlySpan<SessionEvent> Events => _events.AsSpan(0, Count);

    /// <summary>The record's timestamp of message <paramref name="index"/>.</summary>
    public long Timestamp(int index) => _times[index].Timestamp;

    /// <summary>The stream time that came after message <paramref name="index"/>.</summary>
    /// <returns>False when the next message came at once.</returns>
    public bool TryGetTime(int index, out long streamTime)
    {
        streamTime = _times[index].StreamTime;
        return streamTime != None;
    }

    /// <summary>Lets <see cref="Next"/> wait.</summary>
    public void Add(long timestamp) => _times[Count++] = (timestamp, None);

    /// <summary>Lets a stream time wait after the last message.</summary>
    /// <returns>False when no message waits, or another time after it: what comes by then has that time.</returns>
    public bool TryAddTime(long streamTime)
    {
        if (Count == 0 || _times[Count - 1].StreamTime != None) return false;
        _times[Count - 1].StreamTime = streamTime;
        return true;
    }

    /// <summary>They are joined.</summary>
    public void Clear() => Count = 0;
}
