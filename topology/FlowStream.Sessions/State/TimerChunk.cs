using System.Runtime.CompilerServices;

namespace FlowStream.Sessions.State;

/// <summary>Some of the slot numbers of a bucket, and the chunk after it: one cache line.</summary>
internal struct TimerChunk
{
    /// <summary>How many numbers it holds.</summary>
    public const int Capacity = 15;

    /// <summary>The numbers; of the first chunk of a bucket some are not used yet.</summary>
    public Numbers Slots;

    /// <summary>The next chunk of the bucket, which is full, or 0.</summary>
    public int Next;

    /// <summary>As many numbers as fill a line together with <see cref="Next"/>.</summary>
    [InlineArray(Capacity)]
    public struct Numbers
    {
        private int _first;
    }
}
