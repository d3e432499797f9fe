namespace FlowStream.Streams;

/// <summary>Says which task of the stage before wrote a value.</summary>
/// <returns>Its number, from 0; negative when the value does not say.</returns>
public delegate int SourceOfValue(ReadOnlySpan<byte> value);
