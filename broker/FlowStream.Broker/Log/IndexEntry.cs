using System.Runtime.InteropServices;

namespace FlowStream.Broker.Log;

/// <summary>One batch of a segment that the sparse index points at.</summary>
/// <param name="RelativeOffset">Its base offset less the segment's.</param>
/// <param name="Position">Where it begins in the file.</param>
/// <param name="MaxTimestampBefore">Largest timestamp of all batches before it in the segment.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct IndexEntry(int RelativeOffset, int Position, long MaxTimestampBefore);
