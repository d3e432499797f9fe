namespace FlowStream.Sessions.State;

/// <summary>Where a session is in its life, the same numbers as those of <see cref="Lifecycle.LifeState"/>.</summary>
internal enum SessionPhase : byte
{
    /// <summary>The slot holds no session.</summary>
    Free,

    /// <summary>No message has ended it; its timer is the idle timeout.</summary>
    Open,

    /// <summary>It has ended; its timer is the settle time.</summary>
    Closing,

    /// <summary>Its final record is out; its timer is how long it is remembered.</summary>
    Final,
}
