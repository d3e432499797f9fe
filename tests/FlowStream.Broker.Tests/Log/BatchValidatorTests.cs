using System.Buffers.Binary;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Log;

public sealed class BatchValidatorTests
{
    private static readonly LogOptions Options = new() { MaxMessageBytes = 2000, MaxDecompressedBytes = 10_000 };

    [Fact]
    public void A_good_batch_of_every_codec_is_accepted()
    {
        byte[] plain = Batches.Plain("a", "b");
        Assert.Equal(ErrorCode.None, Validate(plain));
        Assert.Equal(ErrorCode.None, Validate(Batches.Gzip(plain)));
        foreach (var codec in (CompressionCodec[])[CompressionCodec.Snappy, CompressionCodec.Lz4, CompressionCodec.Zstd])
            Assert.Equal(ErrorCode.None, Validate(Batches.WithCodec(plain, codec)));
    }

    [Fact]
    public void Nothing_and_more_than_one_batch_are_no_batch()
    {
        Assert.Equal(ErrorCode.InvalidRecord, Validate([]));
        Assert.Equal(ErrorCode.InvalidRecord, Validate([.. Batches.Plain("a"), .. Batches.Plain("b")]));
        Assert.Equal(ErrorCode.InvalidRecord, Validate([.. Batches.Plain("a"), 0]));
    }

    [Fact]
    public void Every_prefix_is_refused_and_none_is_read_past_its_end()
    {
        byte[] batch = Batches.Plain("a", "b");
        for (int length = 1; length < batch.Length; length++)
            Assert.Equal(ErrorCode.CorruptMessage, Validate(batch[..length]));
    }

    [Fact]
    public void A_changed_byte_is_refused_wherever_it_is()
    {
        byte[] batch = Batches.Plain("a", "b");
        for (int position = 0; position < batch.Length; position++)
        {
            byte[] changed = [.. batch];
            changed[position] ^= 0x01;
            bool leaderEpoch = position is >= RecordBatchLayout.PartitionLeaderEpoch and < RecordBatchLayout.Magic;
            Assert.Equal(leaderEpoch, Validate(changed) == ErrorCode.None);
        }
    }

    [Fact]
    public void Any_bytes_with_a_good_frame_get_an_answer_and_never_an_exception()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] batch = Batches.Plain("abc", "defgh");
            if (i % 2 == 0)
                batch = Batches.Gzip(batch);
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                batch[random.Next(RecordBatchLayout.Attributes, batch.Length)] = (byte)random.Next(256);
            BatchPatch.WriteCrc(batch);
            var error = Validate(batch);
            Assert.True(Enum.IsDefined(error), $"seed {seed}, batch {i}");
        }
    }

    [Fact]
    public void The_first_fault_in_the_order_of_the_checks_is_the_answer()
    {
        byte[] wrong = Batches.WithCodec(Batches.Plain(new string('x', 3000)), CompressionCodec.Zstd);
        SetCount(wrong, 7);
        var old = new AppendContext(ProduceVersion: 3);
        byte[] brokenCrc = [.. wrong];
        brokenCrc[^1] ^= 1;
        byte[] offset = [.. brokenCrc];
        offset[7] = 1;
        byte[] magic = [.. offset];
        magic[RecordBatchLayout.Magic] = 1;
        Assert.Equal((ErrorCode.InvalidRecord, "Only batches of magic 2 are accepted."), Explain(magic, Options, old));
        Assert.Equal((ErrorCode.InvalidRecord, "The base offset of a produced batch must be 0."), Explain(offset, Options, old));
        Assert.Equal(ErrorCode.CorruptMessage, Explain(brokenCrc, Options, old).Error);
        Assert.Equal(ErrorCode.MessageTooLarge, Explain(wrong, Options, old).Error);
        Assert.Equal(ErrorCode.UnsupportedCompressionType, Explain(wrong, new LogOptions(), old).Error);
        Assert.Equal(ErrorCode.InvalidRecord, Explain(wrong, new LogOptions(), Batches.Client).Error);
    }

    [Fact]
    public void A_compacted_topic_needs_keys_also_inside_gzip()
    {
        var compacted = Options with { CleanupPolicy = CleanupPolicy.Compact };
        byte[] batch = Batches.Keyed(1, ("k", "v"), (null, "v"));
        Assert.Equal(ErrorCode.InvalidRecord, Explain(batch, compacted, Batches.Client).Error);
        Assert.Equal(ErrorCode.InvalidRecord, Explain(Batches.Gzip(batch), compacted, Batches.Client).Error);
        Assert.Equal(ErrorCode.None, Validate(batch));
        Assert.Equal(ErrorCode.None, Explain(Batches.Keyed(1, ("", "v")), compacted, Batches.Client).Error);
    }

    [Fact]
    public void A_small_batch_that_unpacks_to_much_is_too_large()
    {
        byte[] bomb = Batches.Gzip(Batches.Plain(new string('x', 60_000)));
        Assert.InRange(bomb.Length, 1, Options.MaxMessageBytes);
        Assert.Equal(ErrorCode.MessageTooLarge, Validate(bomb));
    }

    [Fact]
    public void Control_batches_are_for_the_broker_alone()
    {
        byte[] marker = new RecordBatchBuilder().BuildMarker(7, 0, commit: true, 0, 1000).ToArray();
        Assert.Equal(ErrorCode.InvalidRecord, Validate(marker));
        Assert.Equal(ErrorCode.None, Explain(marker, Options, AppendContext.Internal).Error);
    }

    [Fact]
    public void A_producer_may_not_claim_the_time_was_the_brokers()
    {
        byte[] batch = Batches.Plain("a");
        BatchPatch.StampLogAppendTime(batch, 1);
        Assert.Equal(ErrorCode.InvalidTimestamp, Validate(batch));
        Assert.Equal(ErrorCode.None, Explain(batch, Options with { TimestampType = TimestampType.LogAppendTime }, Batches.Client).Error);
    }

    private static void SetCount(byte[] batch, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(RecordBatchLayout.RecordCount), count);
        BatchPatch.WriteCrc(batch);
    }

    private static ErrorCode Validate(byte[] batch) => Explain(batch, Options, Batches.Client).Error;

    private static (ErrorCode Error, string? Message) Explain(byte[] batch, LogOptions options, AppendContext context)
    {
        byte[] before = [.. batch];
        var error = BatchValidator.Validate(batch, options, context, out string? message);
        Assert.Equal(before, batch);
        Assert.Equal(error == ErrorCode.None, message is null);
        return (error, message);
    }
}
