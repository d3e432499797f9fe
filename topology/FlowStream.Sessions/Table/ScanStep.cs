namespace FlowStream.Sessions.Table;

/// <summary>How a step of a <see cref="SessionScan"/> ended.</summary>
public enum ScanStep : byte
{
    /// <summary>A session was found.</summary>
    Found,

    /// <summary>The step is over; there may be more.</summary>
    Paused,

    /// <summary>There are no more sessions.</summary>
    Ended,
}
