using System.Runtime.InteropServices;

namespace FlowStream.Sessions.State;

/// <summary>
/// Memory outside the collector's heap, which neither moves nor looks into it. What has not been written to takes no memory of the
/// machine. It is freed by <see cref="Free"/>, or when nobody refers to this object any more.
/// </summary>
/// <remarks>
/// A large block asks Linux for pages of 2 MiB: where nearly every access goes to another place, finding the place costs as much as the
/// memory itself when there is an entry for every 4 KiB. A kernel that has none gives pages of the usual size.
/// </remarks>
internal sealed unsafe class MemoryBlock
{
    /// <summary>Bytes of a large page of the processor.</summary>
    public const int LargePageBytes = 2 * 1024 * 1024;

    // MADV_HUGEPAGE of Linux, madvise(2).
    private const int UseLargePages = 14;

    /// <summary>Allocates a block that begins on a cache line and holds anything at first.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="largePages">Whether it may be in memory as a whole as soon as any of it is.</param>
    /// <exception cref="OutOfMemoryException">There is no such memory.</exception>
    public MemoryBlock(long bytes, bool largePages)
    {
        largePages &= OperatingSystem.IsLinux() && bytes >= LargePageBytes;
        Bytes = bytes;
        Address = (nint)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)(largePages ? LargePageBytes : CacheLine.Bytes));
        // Advice only: when it is not taken, nothing is wrong.
        if (largePages) _ = Advise(Address, (nuint)bytes, UseLargePages);
    }

    /// <summary>Frees the memory.</summary>
    ~MemoryBlock() => NativeMemory.AlignedFree((void*)Address);

    /// <summary>Where it begins.</summary>
    public nint Address { get; private set; }

    /// <summary>Its length.</summary>
    public long Bytes { get; }

    /// <summary>Frees the memory now: nothing may refer to it any more.</summary>
    public void Free()
    {
        NativeMemory.AlignedFree((void*)Address);
        Address = 0;
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}
