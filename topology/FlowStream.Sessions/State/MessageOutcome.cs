namespace FlowStream.Sessions.State;

/// <summary>What a message is to a session that already has others.</summary>
internal enum MessageOutcome : byte
{
    /// <summary>It says something new.</summary>
    New,

    /// <summary>The session has it already.</summary>
    Duplicate,

    /// <summary>It is an observation at or before the floor.</summary>
    Old,
}
