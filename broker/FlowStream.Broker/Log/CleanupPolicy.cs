namespace FlowStream.Broker.Log;

/// <summary>The topic property <c>cleanup.policy</c>: what happens to old data. Both flags may be set.</summary>
[Flags]
internal enum CleanupPolicy
{
    /// <summary>Nothing is ever removed, except by DeleteRecords.</summary>
    None = 0,

    /// <summary>Whole segments go by age and by size.</summary>
    Delete = 1,

    /// <summary>The latest value of each key stays.</summary>
    Compact = 2,
}
