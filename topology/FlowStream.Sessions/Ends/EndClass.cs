namespace FlowStream.Sessions;

/// <summary>The class of an <see cref="EndReason"/>: the record's <c>end_class</c>.</summary>
public enum EndClass : byte
{
    /// <summary>Cannot be classed.</summary>
    Unknown,

    /// <summary>Both sides were done.</summary>
    Normal,

    /// <summary>A timer ran out.</summary>
    Timeout,

    /// <summary>One side or the network broke it off.</summary>
    Reset,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>A security service.</summary>
    Security,

    /// <summary>A resource was missing.</summary>
    Resource,

    /// <summary>The device's own workings.</summary>
    Infra,

    /// <summary>A person.</summary>
    Admin,

    /// <summary>Inferred here; no device said it.</summary>
    Synthetic,
}
