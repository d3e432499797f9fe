using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FlowStream.Producers.Listeners;

/// <summary>
/// Datagrams that the kernel dropped on one socket, by <c>SO_MEMINFO</c> (Linux, socket(7)): element 8 of the answer counts drops in 32
/// bits, which wrap; this keeps the sum.
/// </summary>
internal sealed class KernelDrops(Socket socket)
{
    private const int SocketLevel = 1;
    private const int MemoryInfo = 55;
    private const int Elements = 9;
    private const int DropsElement = 8;
    private uint _last;
    private long _total;

    /// <summary>Reads the counter; 0 for ever on systems that have none.</summary>
    public long Read()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        Span<uint> info = stackalloc uint[Elements];
        socket.GetRawSocketOption(SocketLevel, MemoryInfo, MemoryMarshal.AsBytes(info));
        uint drops = info[DropsElement];
        _total += unchecked(drops - _last);
        _last = drops;
        return _total;
    }
}
