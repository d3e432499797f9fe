using System.Buffers.Binary;

namespace FlowStream.Sessions.State;

/// <summary>What a message calls the application of its session: the application and, more specific, the nested one.</summary>
internal readonly ref struct ApplicationName
{
    private const uint NestedBit = 1;
    private const uint ApplicationBit = 2;

    /// <summary>Reads the name from a profile; it refers into its bytes.</summary>
    public ApplicationName(ReadOnlySpan<byte> profile)
    {
        uint bits = Profile.Bits(profile);
        int position = Profile.HeaderBytes;
        if ((bits & NestedBit) != 0) Nested = Take(profile, ref position);
        if ((bits & ApplicationBit) != 0) Application = Take(profile, ref position);
    }

    /// <summary>The application; empty when it is not said.</summary>
    public ReadOnlySpan<byte> Application { get; }

    /// <summary>The nested application; empty when it is not said.</summary>
    public ReadOnlySpan<byte> Nested { get; }

    /// <summary>
    /// True when this is a step on from <paramref name="known"/>: another application, or one more specific. The same application without
    /// its nested one, which some messages never print, is none.
    /// </summary>
    public bool IsStepFrom(in ApplicationName known)
    {
        if (!Nested.IsEmpty && !Nested.SequenceEqual(known.Nested)) return true;
        return !Application.IsEmpty && !Application.SequenceEqual(known.Application);
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> profile, scoped ref int position)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(profile[position..]);
        ReadOnlySpan<byte> text = profile.Slice(position + Profile.FieldHeaderBytes, length);
        position += Profile.FieldHeaderBytes + length;
        return text;
    }
}
