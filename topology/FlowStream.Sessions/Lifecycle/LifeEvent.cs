namespace FlowStream.Sessions.Lifecycle;

/// <summary>What happens to a session.</summary>
internal enum LifeEvent : byte
{
    /// <summary>A message says something new, and no message so far ends the session.</summary>
    Message,

    /// <summary>A message says something new, and it or one before it ends the session.</summary>
    End,

    /// <summary>A later session of the same identity begins, or one that continues this one under another id.</summary>
    Successor,

    /// <summary>Its timer is due.</summary>
    Timer,

    /// <summary>There are more sessions of one identity than are kept, and this is the oldest.</summary>
    Eviction,
}
