using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>How and when a session ended, as its messages say or as is inferred from them.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Time">When, Unix milliseconds.</param>
/// <param name="Elapsed">Seconds since the start as the device said, or <see cref="MessageNode.NoElapsed"/>.</param>
/// <param name="Profile">The text fields of the message that says so.</param>
/// <param name="Person">Its user, and of a close the device's own words for the reason.</param>
internal readonly record struct SessionEnd(EndReason Reason, long Time, long Elapsed, int Profile, int Person)
{
    /// <summary>
    /// The end of a session. Of several closes the best counts: terminal before non-terminal, a stated cause before unset, other and
    /// unknown, RT_FLOW before AppTrack, the later before the earlier; a reset whose side another close names is that one. Without a close,
    /// the last message.
    /// </summary>
    public static SessionEnd Of(MessageList messages, in SessionSlot slot)
    {
        int best = 0, sided = 0, last = 0;
        for (int id = slot.FirstMessage; id != 0; id = messages[id].Next)
        {
            ref MessageNode node = ref messages[id];
            if (!node.IsFloor || last == 0) last = id;
            if (!node.IsClose) continue;
            if (best == 0 || Rank(node) >= Rank(messages[best])) best = id;
            if (node.End is EndReason.TcpRstClient or EndReason.TcpRstServer
                && (sided == 0 || Rank(node) >= Rank(messages[sided])))
            {
                sided = id;
            }
        }
        if (best == 0) return Inferred(messages[last], slot.Superseded);
        if (messages[best].End == EndReason.TcpRst && sided != 0) best = sided;
        ref MessageNode close = ref messages[best];
        return new SessionEnd(close.End, close.Time, close.Elapsed, close.Profile, close.Person);
    }

    /// <summary>True when a message that the session has ends it.</summary>
    public static bool HasTerminal(MessageList messages, in SessionSlot slot)
    {
        if (!slot.HasClose) return false;
        for (int id = slot.FirstMessage; id != 0; id = messages[id].Next)
        {
            if (messages[id].IsClose && messages[id].End.Row().Terminal) return true;
        }
        return false;
    }

    private static SessionEnd Inferred(in MessageNode last, bool superseded) => new(
        superseded ? EndReason.Superseded : EndReason.TimeoutInferred,
        last.Time,
        // The age of a session at its start log is ours, not what the device says.
        last.Tag == PanosStart.Tag ? MessageNode.NoElapsed : last.Elapsed,
        last.Profile,
        last.Person);

    private static int Rank(in MessageNode close)
    {
        int source = close.Tag == Parsing.EventTag.RtFlowSessionClose ? 1 : 0;
        if (!close.End.Row().Terminal) return source;
        bool vague = close.End is EndReason.Unknown or EndReason.Other or EndReason.InstallUnset;
        return vague ? 2 + source : 4 + source;
    }
}
