using System.Runtime.CompilerServices;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// A fingerprint of 128 bits of the values of all dimensions: equal for equal values within one process, different for different ones but
/// for a chance that no traffic will meet. It depends on the process' secret and is never stored.
/// </summary>
/// <param name="High">One half.</param>
/// <param name="Low">The other half, mixed in another way.</param>
public readonly record struct DimensionsIdentity(ulong High, ulong Low)
{
    private const ulong HighStep = 0x9E37_79B9_7F4A_7C15;
    private const ulong LowStep = 0xC2B2_AE3D_27D4_EB4F;

    /// <summary>This identity with another value taken into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DimensionsIdentity With(ulong value) =>
        new(ByteHash.Mix(High ^ value, HighStep) + LowStep, ByteHash.Mix(Low ^ value, LowStep) + HighStep);
}
