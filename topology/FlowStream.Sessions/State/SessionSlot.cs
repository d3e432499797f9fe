using FlowStream.Parsing;
using FlowStream.Sessions.Lifecycle;

namespace FlowStream.Sessions.State;

/// <summary>
/// One session: a fixed-size struct without references, two cache lines of 64 bytes. The first finds it and its messages, the second is
/// its life. Texts lie in the blob stores, messages in their own pages.
/// </summary>
internal struct SessionSlot
{
    /// <summary>Where in a slot its timer lies, in bytes.</summary>
    public static readonly int TimerOffset = OffsetOfTimer();

    private const byte SupersededBit = 1;
    private const byte DirtyBit = 2;
    private const byte PersistedBit = 4;
    private const byte InheritedBit = 8;
    private const byte PartBit = 16;

    /// <summary>Session id, the whole of it when a message says it, and 5-tuple.</summary>
    public FlowTuple Tuple;

    /// <summary>Hash of the identity, as the index has it.</summary>
    public uint Hash;

    /// <summary>The device's name.</summary>
    public int Device;

    /// <summary>The logical system.</summary>
    public int LogicalSystem;

    /// <summary>Its first message in the order of <see cref="MessageList"/>.</summary>
    public int FirstMessage;

    /// <summary>
    /// The start that the first message to arrive stated, on the device's own clock: later messages are told apart by it. Never in a
    /// record.
    /// </summary>
    public long Anchor;

    private long _startTime;

    /// <summary>The start that stands in the session key: the best known one when the final record was made.</summary>
    public long KeyStart;

    /// <summary>Its timer.</summary>
    public TimerNode Timer;

    private int _startProfile;

    /// <summary>The session of the same identity that began before this one, or 0.</summary>
    public int Older;

    /// <summary>Updates that were given up with the floor.</summary>
    public int DroppedUpdates;

    /// <summary>Revision of its last record.</summary>
    public int Revision;

    /// <summary>Which tags have contributed: bit n for the tag of number n.</summary>
    public uint Tags;

    /// <summary>Number of observations in its list.</summary>
    public byte Observations;

    /// <summary>Where it is in its life.</summary>
    public SessionPhase Phase;

    private StartClass _startClass;
    private byte _flags;

    /// <summary>The best known start.</summary>
    public StartEvidence Start
    {
        readonly get => new(_startClass, _startTime, _startProfile);
        set => (_startClass, _startTime, _startProfile) = value;
    }

    /// <summary>Where it is in its life, with what <see cref="Phase"/> and <see cref="Superseded"/> say.</summary>
    public readonly LifeState State => Phase == SessionPhase.Open && Superseded ? LifeState.Superseded : (LifeState)Phase;

    /// <summary>A later session has taken its place while it was open.</summary>
    public bool Superseded
    {
        readonly get => (_flags & SupersededBit) != 0;
        set => Set(SupersededBit, value);
    }

    /// <summary>A message changed it since the last commit.</summary>
    public bool Dirty
    {
        readonly get => (_flags & DirtyBit) != 0;
        set => Set(DirtyBit, value);
    }

    /// <summary>The changelog has a row of it.</summary>
    public bool Persisted
    {
        readonly get => (_flags & PersistedBit) != 0;
        set => Set(PersistedBit, value);
    }

    /// <summary>It had its final record when the state was taken over: the accounts of this process do not hold it.</summary>
    public bool Inherited
    {
        readonly get => (_flags & InheritedBit) != 0;
        set => Set(InheritedBit, value);
    }

    /// <summary>It is among the parts of sessions that <see cref="Continuations"/> know.</summary>
    public bool IsPart
    {
        readonly get => (_flags & PartBit) != 0;
        set => Set(PartBit, value);
    }

    /// <summary>True when a create or a PAN-OS start has contributed.</summary>
    public readonly bool HasCreate =>
        Has(EventTag.RtFlowSessionCreate) || Has(EventTag.AppTrackSessionCreate) || Has(PanosStart.Tag);

    /// <summary>True when a close has contributed.</summary>
    public readonly bool HasClose =>
        Has(EventTag.RtFlowSessionClose) || Has(EventTag.AppTrackSessionClose) || Has(EventTag.PanosTraffic);

    /// <summary>True when a message of <paramref name="tag"/> has contributed.</summary>
    public readonly bool Has(EventTag tag) => (Tags & (1u << (int)tag)) != 0;

    private static unsafe int OffsetOfTimer()
    {
        SessionSlot slot = default;
        return (int)((byte*)&slot.Timer - (byte*)&slot);
    }

    private void Set(byte bit, bool value) => _flags = (byte)(value ? _flags | bit : _flags & ~bit);
}
