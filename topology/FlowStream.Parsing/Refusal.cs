namespace FlowStream.Parsing;

/// <summary>
/// The answer of the parser: accepted when <see cref="Reason"/> is <see cref="RefusalReason.None"/>, else refused and why.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Position">Byte position in the message at which the fault was seen.</param>
/// <param name="Field">The field that was at fault, where one was.</param>
public readonly record struct Refusal(RefusalReason Reason, int Position = 0, Field? Field = null)
{
    /// <summary>True when the message was accepted.</summary>
    public bool Accepted => Reason == RefusalReason.None;
}
