using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>One session: a fixed-size struct without references. Texts lie in the blob stores, messages in their own pages.</summary>
internal struct SessionSlot
{
    /// <summary>Session id and 5-tuple.</summary>
    public FlowTuple Tuple;

    /// <summary>
    /// The start that the first message to arrive stated, on the device's own clock: later messages are told apart by it. Never in a
    /// record.
    /// </summary>
    public long Anchor;

    /// <summary>The best known start.</summary>
    public StartEvidence Start;

    /// <summary>High half of the session key; set with the final record.</summary>
    public ulong KeyHigh;

    /// <summary>Low half of the session key.</summary>
    public ulong KeyLow;

    /// <summary>Hash of the identity, as the index has it.</summary>
    public uint Hash;

    /// <summary>The device's name.</summary>
    public int Device;

    /// <summary>The logical system.</summary>
    public int LogicalSystem;

    /// <summary>The session of the same identity that began before this one, or 0.</summary>
    public int Older;

    /// <summary>Its first message in the order of <see cref="MessageList"/>.</summary>
    public int FirstMessage;

    /// <summary>Updates that were given up with the floor.</summary>
    public int DroppedUpdates;

    /// <summary>Revision of its last record.</summary>
    public int Revision;

    /// <summary>Number of observations in its list.</summary>
    public byte Observations;

    /// <summary>Which tags have contributed: bit n for the tag of number n.</summary>
    public uint Tags;

    /// <summary>Where it is in its life.</summary>
    public SessionPhase Phase;

    /// <summary>A later session has taken its identity while it was open.</summary>
    public bool Superseded;

    /// <summary>It changed since the last commit.</summary>
    public bool Dirty;

    /// <summary>The changelog has a row of it.</summary>
    public bool Persisted;

    /// <summary>True when a message of <paramref name="tag"/> has contributed.</summary>
    public readonly bool Has(EventTag tag) => (Tags & (1u << (int)tag)) != 0;

    /// <summary>True when a create has contributed.</summary>
    public readonly bool HasCreate => Has(EventTag.RtFlowSessionCreate) || Has(EventTag.AppTrackSessionCreate);

    /// <summary>True when a close has contributed.</summary>
    public readonly bool HasClose => Has(EventTag.RtFlowSessionClose) || Has(EventTag.AppTrackSessionClose);
}
