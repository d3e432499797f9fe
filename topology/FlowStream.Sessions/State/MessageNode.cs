using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// One message of a session, as far as it can still matter. A session is the ordered list of its messages and everything said about it is
/// computed from that list, which is why the order of arrival cannot matter.
/// </summary>
/// <remarks>
/// A node with <see cref="EventTag.None"/> is the floor: the totals and the time up to which older observations were given up. It is the
/// first of its list.
/// </remarks>
internal struct MessageNode
{
    /// <summary>The value of <see cref="Elapsed"/> when the message does not say it.</summary>
    public const long NoElapsed = -1;

    /// <summary>Event time, Unix milliseconds.</summary>
    public long Time;

    /// <summary>Seconds since the session began, as the device says, or <see cref="NoElapsed"/>.</summary>
    public long Elapsed;

    /// <summary>Running totals; 0 where the message does not say.</summary>
    public Volume Totals;

    /// <summary>Its text fields: see <see cref="Profile"/>.</summary>
    public int Profile;

    /// <summary>Its extra keys: see <see cref="ExtrasBlob"/>.</summary>
    public int Extras;

    /// <summary>Its translated addresses: see <see cref="NatBlob"/>.</summary>
    public int Nat;

    /// <summary>The text of its reason.</summary>
    public int Reason;

    /// <summary>The next message of the session, or 0.</summary>
    public int Next;

    /// <summary>Which message it is.</summary>
    public EventTag Tag;

    /// <summary>What else is known.</summary>
    public MessageFlags Flags;

    /// <summary>For a close, what its reason means.</summary>
    public EndReason End;

    /// <summary>True for an update or a close: what observes the running totals.</summary>
    public readonly bool IsObservation => !IsCreate && !IsFloor;

    /// <summary>True for a message that says the session began.</summary>
    public readonly bool IsCreate => Tag is EventTag.RtFlowSessionCreate or EventTag.AppTrackSessionCreate;

    /// <summary>True for a message that says the session ended.</summary>
    public readonly bool IsClose => Tag is EventTag.RtFlowSessionClose or EventTag.AppTrackSessionClose or EventTag.PanosTraffic;

    /// <summary>True for the floor.</summary>
    public readonly bool IsFloor => Tag == EventTag.None;

    /// <summary>True when both say the same; their times may differ.</summary>
    public readonly bool SaysTheSame(in MessageNode other) =>
        Tag == other.Tag && Flags == other.Flags && Elapsed == other.Elapsed && Totals == other.Totals && Profile == other.Profile
        && Extras == other.Extras && Nat == other.Nat && Reason == other.Reason;
}
