using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FlowStream.Sessions.State;

/// <summary>Asks the processor for memory before it is needed, so that the wait passes while something else is done.</summary>
internal static class CacheLine
{
    /// <summary>Bytes of a line.</summary>
    public const int Bytes = 64;

    /// <summary>Fetches the lines of <paramref name="item"/>. It changes nothing, and does nothing where the processor cannot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T item)
        where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        // The address is a hint: should the collector move the item meanwhile, a line is fetched in vain.
        byte* address = (byte*)Unsafe.AsPointer(ref item);
        Sse.Prefetch0(address);
        // An item whose size does not divide a line may end on the next.
        if (Bytes % sizeof(T) != 0) Sse.Prefetch0(address + sizeof(T) - 1);
    }
}
