namespace FlowStream.Parsing.DeviceText;

/// <summary>Why a session of a listing could not be read.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Line">The line at which it begins.</param>
/// <param name="FaultLine">The line at which the fault was seen.</param>
/// <param name="Field">The field that was at fault, or null.</param>
/// <param name="Text">What was found there, cut.</param>
public sealed record DeviceTextRefusal(RefusalReason Reason, long Line, long FaultLine, DeviceField? Field, string Text);
