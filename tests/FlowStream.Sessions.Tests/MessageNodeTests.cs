using System.Runtime.CompilerServices;
using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Tests;

public sealed class MessageNodeTests
{
    [Fact]
    public void Every_tag_and_reason_and_time_fits_beside_the_others()
    {
        foreach (EventTag tag in Enum.GetValues<EventTag>())
        {
            foreach (EndReason end in Enum.GetValues<EndReason>())
            {
                foreach (MessageFlags flags in (MessageFlags[])[MessageFlags.None, MessageFlags.TimeSubstituted, MessageFlags.All])
                {
                    foreach (long time in (long[])[0, 1_750_000_000_000, MessageNode.MaxTime])
                    {
                        var node = new MessageNode { Flags = MessageFlags.All, End = EndReason.Superseded, Time = MessageNode.MaxTime };
                        (node.Tag, node.End, node.Flags, node.Time) = (tag, end, flags, time);
                        Assert.Equal((tag, end, flags, time), (node.Tag, node.End, node.Flags, node.Time));
                    }
                }
            }
        }
    }

    [Fact]
    public void A_message_is_one_cache_line_a_chunk_of_timers_too_and_a_slot_two()
    {
        Assert.Equal(64, Unsafe.SizeOf<MessageNode>());
        Assert.Equal(64, Unsafe.SizeOf<TimerChunk>());
        Assert.Equal(32, Unsafe.SizeOf<NatEntry>());
        Assert.Equal(128, Unsafe.SizeOf<SessionSlot>());
    }
}
