namespace FlowStream.Parsing;

/// <summary>A run of bytes inside the message that a <see cref="SessionEvent"/> holds.</summary>
public readonly record struct TextSlice
{
    // Both numbers in one word, which travels in one register: two fields written apart and read as one word stall the processor.
    private readonly ulong _bits;

    /// <summary>The <paramref name="length"/> bytes at <paramref name="offset"/>.</summary>
    public TextSlice(int offset, int length) => _bits = (uint)offset | ((ulong)(uint)length << 32);

    /// <summary>Offset of the first byte.</summary>
    public int Offset
    {
        get => (int)_bits;
        init => _bits = (_bits & ~(ulong)uint.MaxValue) | (uint)value;
    }

    /// <summary>Number of bytes.</summary>
    public int Length
    {
        get => (int)(_bits >> 32);
        init => _bits = (uint)_bits | ((ulong)(uint)value << 32);
    }
}
