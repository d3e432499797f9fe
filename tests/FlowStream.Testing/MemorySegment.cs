using System.Buffers;

namespace FlowStream.Testing;

/// <summary>A link of a multi-segment <see cref="ReadOnlySequence{T}"/>.</summary>
internal sealed class MemorySegment : ReadOnlySequenceSegment<byte>
{
    internal MemorySegment(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    internal MemorySegment Append(ReadOnlyMemory<byte> memory)
    {
        var next = new MemorySegment(memory, RunningIndex + Memory.Length);
        Next = next;
        return next;
    }
}
