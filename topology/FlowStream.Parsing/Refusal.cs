namespace FlowStream.Parsing;

/// <summary>
/// The answer of the parser: accepted when <see cref="Reason"/> is <see cref="RefusalReason.None"/>, else refused and why.
/// </summary>
public readonly record struct Refusal
{
    private const int FieldShift = 8;
    private const int PositionShift = 32;

    // All in one word, which travels in one register: the reason, one more than the field, the position.
    private readonly ulong _bits;

    /// <summary>Refused, or accepted when <paramref name="reason"/> is <see cref="RefusalReason.None"/>.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="position">Byte position in the message at which the fault was seen.</param>
    /// <param name="field">The field that was at fault, where one was.</param>
    public Refusal(RefusalReason reason, int position = 0, Field? field = null) =>
        _bits = (ulong)reason | ((ulong)(field is { } at ? (int)at + 1 : 0) << FieldShift) | ((ulong)(uint)position << PositionShift);

    /// <summary>Why.</summary>
    public RefusalReason Reason => (RefusalReason)(byte)_bits;

    /// <summary>Byte position in the message at which the fault was seen.</summary>
    public int Position
    {
        get => (int)(_bits >> PositionShift);
        init => _bits = (uint)_bits | ((ulong)(uint)value << PositionShift);
    }

    /// <summary>The field that was at fault, where one was.</summary>
    public Field? Field => (byte)(_bits >> FieldShift) is > 0 and var next ? (Field)(next - 1) : null;

    /// <summary>True when the message was accepted.</summary>
    public bool Accepted => Reason == RefusalReason.None;
}
