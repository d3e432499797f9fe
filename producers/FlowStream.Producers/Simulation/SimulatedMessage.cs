namespace FlowStream.Producers.Simulation;

/// <summary>One message as a device sends it.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="TimeMs">The time it states, Unix milliseconds; whole seconds where the device prints no fraction.</param>
/// <param name="Age">Whole seconds since the session began, or null where the message does not say.</param>
/// <param name="Volume">The running totals, or null where the message does not say.</param>
/// <param name="Reason">Why the session ended, for a close.</param>
/// <param name="Fields">Keys and values in the order printed.</param>
/// <param name="Line">The message as bytes, without a line end.</param>
internal sealed record SimulatedMessage(
    string Tag, long TimeMs, long? Age, SimulatedVolume? Volume, CloseReason? Reason, IReadOnlyList<(string Key, string Value)> Fields,
    byte[] Line)
{
    /// <summary>True when it says that the session began.</summary>
    public bool IsCreate => Tag.EndsWith("_CREATE", StringComparison.Ordinal) || Tag == PanosLog.Start;

    /// <summary>True when it says that the session ended.</summary>
    public bool IsClose => Tag.EndsWith("_CLOSE", StringComparison.Ordinal) || Tag == PanosLog.End;

    /// <summary>True when RT_FLOW says it, not AppTrack.</summary>
    public bool IsRtFlow => Tag.StartsWith("RT_FLOW", StringComparison.Ordinal);
}
