namespace FlowStream.Parsing.Junos;

/// <summary>
/// Which key came after which in the messages of each tag: devices print the keys of a message in one order, so that the next key is
/// mostly known before it is read. A wrong guess costs a lookup, and changes nothing else.
/// </summary>
internal sealed class KeySequences
{
    private readonly ushort[] _next = new ushort[Enum.GetValues<EventTag>().Length * KeyPattern.All.Length];

    /// <summary>For messages with <paramref name="tag"/>, the pattern after each pattern of <see cref="KeyPattern.All"/>.</summary>
    public Span<ushort> Of(EventTag tag) => _next.AsSpan((int)tag * KeyPattern.All.Length, KeyPattern.All.Length);
}
