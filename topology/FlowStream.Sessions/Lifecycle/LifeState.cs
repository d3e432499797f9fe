namespace FlowStream.Sessions.Lifecycle;

/// <summary>Where a session is in its life, as <see cref="Lives"/> has it.</summary>
internal enum LifeState : byte
{
    /// <summary>Nothing is known of it: before its first message, and after it was forgotten.</summary>
    None,

    /// <summary>No message has ended it.</summary>
    Open,

    /// <summary>A message has ended it; others may still be on their way.</summary>
    Closing,

    /// <summary>Its final record is out.</summary>
    Final,

    /// <summary>No message has ended it, but a later session has its place: what is on its way may still come.</summary>
    Superseded,
}
