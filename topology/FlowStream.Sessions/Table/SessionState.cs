namespace FlowStream.Sessions.Table;

/// <summary>Where a session of the table is in its life.</summary>
public enum SessionState : byte
{
    /// <summary>No message has ended it.</summary>
    Open,

    /// <summary>A message has ended it; it waits for the messages that are still on their way.</summary>
    Closing,

    /// <summary>Its final record is out; it is remembered to be corrected.</summary>
    Final,
}
