namespace FlowStream.Parsing.Panos;

/// <summary>What becomes of a PAN-OS column.</summary>
internal enum PanosUse : byte
{
    /// <summary>Nothing: a column without a meaning (FUTURE_USE), or one that the log type already said.</summary>
    Skip,

    /// <summary>A field of the event.</summary>
    Field,

    /// <summary>An extra under the name of the column.</summary>
    Extra,

    /// <summary>The extra that tells the kind of the event.</summary>
    Subtype,

    /// <summary>The extra that tells the release.</summary>
    Release,

    /// <summary>The name of the device, which is <see cref="SessionEvent.DeviceHost"/>.</summary>
    DeviceName,

    /// <summary>The extra that tells when the management plane received the log.</summary>
    ReceiveTime,

    /// <summary>The extra that tells when the dataplane generated the log.</summary>
    GeneratedTime,

    /// <summary>The extra that tells the same in milliseconds, with the zone.</summary>
    HighResolutionTime,

    /// <summary>When the session began.</summary>
    StartTime,
}
