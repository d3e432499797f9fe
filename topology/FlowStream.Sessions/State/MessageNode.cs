using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// One message of a session, as far as it can still matter. A session is the ordered list of its messages and everything said about it is
/// computed from that list, which is why the order of arrival cannot matter.
/// </summary>
/// <remarks>
/// A node with <see cref="EventTag.None"/> is the floor: the totals and the time up to which older observations were given up. It is the
/// first of its list. It is 64 bytes, one cache line; time, tag, end and flags share the first eight of them.
/// </remarks>
internal struct MessageNode
{
    /// <summary>The value of <see cref="Elapsed"/> when the message does not say it.</summary>
    public const long NoElapsed = -1;

    /// <summary>Longest time since the start that is believed, in seconds: a hundred years. Beyond it the message is damaged.</summary>
    public const long MaxElapsed = 100L * 366 * 86_400;

    /// <summary>Latest time that a message can have: 48 bits, as the timing wheel has.</summary>
    public const long MaxTime = TimingWheel.MaxTime;

    /// <summary>The tag of a message that <see cref="Continuations"/> made up: the session continues another.</summary>
    public const EventTag Continues = (EventTag)29;

    /// <summary>The same: another continues the session.</summary>
    public const EventTag ContinuedBy = (EventTag)30;

    private const int FlagBits = 5;
    private const int EndBits = 6;
    private const int TagBits = 5;
    private const int EndShift = FlagBits;
    private const int TagShift = EndShift + EndBits;
    private const int TimeShift = TagShift + TagBits;

    private ulong _head;

    /// <summary>Running totals; 0 where the message does not say.</summary>
    public Volume Totals;

    /// <summary>Its text fields but those of <see cref="Person"/>: see <see cref="State.Profile"/>.</summary>
    public int Profile;

    /// <summary>Its user, and for a close its reason: see <see cref="State.Profile"/>.</summary>
    public int Person;

    /// <summary>Its extra keys: see <see cref="ExtrasBlob"/>.</summary>
    public int Extras;

    /// <summary>Its translated addresses; messages of one session that state the same have the same number.</summary>
    public int Nat;

    /// <summary>The next message of the session, or 0.</summary>
    public int Next;

    private uint _elapsedPlusOne;

    /// <summary>Event time, Unix milliseconds.</summary>
    public long Time
    {
        readonly get => (long)(_head >> TimeShift);
        set => _head = (_head & ((1UL << TimeShift) - 1)) | ((ulong)value << TimeShift);
    }

    /// <summary>
    /// Seconds since the session began, as the device says, at most <see cref="MaxElapsed"/>; or <see cref="NoElapsed"/>.
    /// </summary>
    public long Elapsed
    {
        readonly get => (long)_elapsedPlusOne - 1;
        set => _elapsedPlusOne = (uint)(value + 1);
    }

    /// <summary>
    /// Of a floor, the last millisecond in which the session moved bytes by then, or -1: kept as the distance to <see cref="Time"/> where
    /// messages have their elapsed time. One so long ago that it does not fit lies in no window that is still open.
    /// </summary>
    public long ActiveMs
    {
        readonly get => Elapsed == NoElapsed ? -1 : Time - Elapsed;
        set => Elapsed = value < 0 || Time - value > MaxElapsed ? NoElapsed : Time - value;
    }

    /// <summary>Which message it is.</summary>
    public EventTag Tag
    {
        readonly get => (EventTag)Part(TagShift, TagBits);
        set => SetPart(TagShift, TagBits, (ulong)value);
    }

    /// <summary>What else is known.</summary>
    public MessageFlags Flags
    {
        readonly get => (MessageFlags)Part(0, FlagBits);
        set => SetPart(0, FlagBits, (ulong)value);
    }

    /// <summary>For a close, what its reason means.</summary>
    public EndReason End
    {
        readonly get => (EndReason)Part(EndShift, EndBits);
        set => SetPart(EndShift, EndBits, (ulong)value);
    }

    /// <summary>True for what observes the running totals, and for every close.</summary>
    public readonly bool IsObservation => (Flags & MessageFlags.Totals) != 0 || IsClose;

    /// <summary>
    /// True for what tells of a change and observes nothing: a route, an application, a measurement, or an observation that was given up
    /// but for the application that it tells of.
    /// </summary>
    public readonly bool IsChange => !IsObservation && !IsCreate && !IsFloor && !IsLink;

    /// <summary>True for a message whose counters are the session's running totals.</summary>
    public readonly bool HasTotals => IsClose
        || Tag is EventTag.AppTrackSessionVolUpdate or EventTag.AppTrackSessionAppUpdate or EventTag.RtFlowNexthopChange;

    /// <summary>True for a message of a kind that the join knows.</summary>
    public readonly bool IsKnown => IsCreate || HasTotals || IsLink || Tag is PanosStart.Tag or EventTag.AppTrackSessionRouteUpdate
        or EventTag.AppQoeBestPathSelected or EventTag.AppQoePassiveSlaMetricReport or EventTag.AppQoeSlaMetricViolation;

    /// <summary>True for a message that says the session began.</summary>
    public readonly bool IsCreate => Tag is EventTag.RtFlowSessionCreate or EventTag.AppTrackSessionCreate;

    /// <summary>True for a message that says the session ended.</summary>
    public readonly bool IsClose => Tag is EventTag.RtFlowSessionClose or EventTag.AppTrackSessionClose or EventTag.PanosTraffic;

    /// <summary>True for a message that no device sent: it names another session.</summary>
    public readonly bool IsLink => Tag is Continues or ContinuedBy;

    /// <summary>True for the floor.</summary>
    public readonly bool IsFloor => Tag == EventTag.None;

    /// <summary>True when both, of one session, say the same; their times may differ.</summary>
    public readonly bool SaysTheSame(in MessageNode other) =>
        Tag == other.Tag && Flags == other.Flags && Elapsed == other.Elapsed && Totals == other.Totals && Profile == other.Profile
        && Person == other.Person && Extras == other.Extras && Nat == other.Nat;

    private readonly int Part(int shift, int bits) => (int)(_head >> shift) & ((1 << bits) - 1);

    private void SetPart(int shift, int bits, ulong value)
    {
        ulong mask = (1UL << bits) - 1;
        _head = (_head & ~(mask << shift)) | ((value & mask) << shift);
    }
}
