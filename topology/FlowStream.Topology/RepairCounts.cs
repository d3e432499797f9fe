using System.Numerics;
using FlowStream.Parsing;

namespace FlowStream.Topology;

/// <summary>How often each <see cref="Repair"/> was needed since the last commit, for one task.</summary>
internal sealed class RepairCounts
{
    private readonly long[] _messages = new long[32];

    /// <summary>Counts a message that needed <paramref name="repairs"/>.</summary>
    public void Add(Repair repairs)
    {
        for (uint left = (uint)repairs; left != 0; left &= left - 1) _messages[BitOperations.TrailingZeroCount(left)]++;
    }

    /// <summary>Tells <paramref name="events"/> and begins anew.</summary>
    public void Commit(TopologyEvents events)
    {
        for (int bit = 0; bit < _messages.Length; bit++)
        {
            if (_messages[bit] > 0) events.Repaired((Repair)(1 << bit), _messages[bit]);
            _messages[bit] = 0;
        }
    }
}
