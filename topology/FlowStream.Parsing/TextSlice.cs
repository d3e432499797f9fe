namespace FlowStream.Parsing;

/// <summary>A run of bytes inside the message that a <see cref="SessionEvent"/> holds.</summary>
/// <param name="Offset">Offset of the first byte.</param>
/// <param name="Length">Number of bytes.</param>
public readonly record struct TextSlice(int Offset, int Length);
