namespace FlowStream.Sessions;

/// <summary>One of the sessions that <see cref="Continuations"/> looks at together: all that decides what it is to the others.</summary>
/// <param name="Id">The session.</param>
/// <param name="SessionId">The lower half of its id on the device.</param>
/// <param name="Heard">When it was first heard of, Unix milliseconds.</param>
/// <param name="Start">When it began.</param>
/// <param name="Waits">True when it waits to be continued.</param>
/// <param name="From">For one that waits, the earliest time at which what continues it can be heard of.</param>
/// <param name="To">The latest time at which that can begin.</param>
internal record struct SessionPart(int Id, uint SessionId, long Heard, long Start, bool Waits, long From, long To)
    : IComparable<SessionPart>
{
    // What is this near may come to continue it when more is said.
    private const long Margin = Continuations.Tolerance;

    /// <summary>The number of the part that continues it, or -1.</summary>
    public int Successor { get; set; }

    /// <summary>The number of the last part that it continues, or -1.</summary>
    public int Predecessor { get; set; }

    /// <summary>True when what is kept of it has changed, though no message of its own came.</summary>
    public bool HasChanged { get; set; }

    /// <summary>True when it can continue <paramref name="other"/>.</summary>
    public readonly bool Continues(in SessionPart other) =>
        other.Waits && SessionId != other.SessionId && other.CompareTo(this) < 0 && Heard >= other.From && Start <= other.To;

    /// <summary>True when it could come to continue <paramref name="other"/>.</summary>
    public readonly bool IsNear(in SessionPart other) =>
        other.Waits && Heard >= other.From - Margin && Start <= other.To + Margin;

    /// <summary>Which of two was heard of first: negative when that is this one.</summary>
    public readonly int CompareTo(SessionPart other)
    {
        int order = Heard.CompareTo(other.Heard);
        if (order == 0) order = SessionId.CompareTo(other.SessionId);
        return order == 0 ? Start.CompareTo(other.Start) : order;
    }
}
