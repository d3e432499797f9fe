using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;
using FlowStream.Testing;

namespace FlowStream.Broker.Tests.Groups;

public sealed class OffsetsRecordsTests
{
    private static readonly GroupSnapshot Group = new(
        "consumer", 7, "range", "m-1",
        [new("m-1", null, "client", "/192.0.2.1", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(6), [1, 2], [3]),
         new("m-2", "node-1", "", "/2001:db8::1", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(9), [], [])]);

    [Fact]
    public void Offsets_come_back_as_they_were_written() => Properties.Check<(long Offset, int Epoch, string? Text, long Time)>(input =>
    {
        // The wire has UTF-8; a lone surrogate has no form there.
        var text = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(input.Text ?? string.Empty));
        using var writer = new KafkaWriter();
        var offset = new CommittedOffset(input.Offset, input.Epoch, text, input.Time, 42);
        OffsetsRecords.WriteOffsetValue(writer, offset);
        Assert.Equal(offset, OffsetsRecords.ReadOffsetValue(writer.Written.Span, 42));
    });

    [Fact]
    public void A_group_comes_back_as_it_was_written()
    {
        using var writer = new KafkaWriter();
        OffsetsRecords.WriteGroupValue(writer, Group, 99);
        var (group, timestamp) = OffsetsRecords.ReadGroupValue(writer.Written.Span);
        Assert.Equal(99, timestamp);
        Assert.Equivalent(Group, group, strict: true);
    }

    [Fact]
    public void Keys_tell_offsets_from_groups_and_pass_over_what_is_newer()
    {
        using var writer = new KafkaWriter();
        OffsetsRecords.WriteOffsetKey(writer, "g", new TopicPartition("t", 3));
        Assert.Equal(new OffsetsRecordKey("g", new TopicPartition("t", 3)), OffsetsRecords.ReadKey(writer.Written.Span));
        writer.Reset();
        OffsetsRecords.WriteGroupKey(writer, "g");
        Assert.Equal(new OffsetsRecordKey("g", null), OffsetsRecords.ReadKey(writer.Written.Span));
        Assert.Null(OffsetsRecords.ReadKey([0, 9, 1, 2, 3]));
    }

    [Fact]
    public void Every_prefix_of_a_record_is_refused()
    {
        using var writer = new KafkaWriter();
        OffsetsRecords.WriteGroupValue(writer, Group, 99);
        var bytes = writer.Written.ToArray();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => OffsetsRecords.ReadGroupValue(bytes.AsSpan(0, length)));
    }
}
