using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using FlowStream.Broker.Log;

namespace FlowStream.Broker.Tests.Log;

/// <summary>Batches to append and ways to read them back. Each call makes a fresh array: appends patch theirs.</summary>
internal static class Batches
{
    public const short ProduceVersion = 7;

    public static AppendContext Client { get; } = new(ProduceVersion);

    public static AppendContext InTransaction { get; } = new(ProduceVersion, PartitionInTransaction: true);

    public static byte[] Plain(params string[] values) => Keyed(1000, [.. values.Select(value => ((string?)"k", (string?)value))]);

    public static byte[] At(long timestamp, params string[] values) =>
        Keyed(timestamp, [.. values.Select(value => ((string?)"k", (string?)value))]);

    public static byte[] Keyed(long timestamp, params (string? Key, string? Value)[] records) =>
        Build(new RecordBatchBuilder(), timestamp, records);

    public static byte[] From(long producerId, short epoch, int sequence, bool transactional, params string[] values) => Build(
        new RecordBatchBuilder { ProducerId = producerId, ProducerEpoch = epoch, BaseSequence = sequence, IsTransactional = transactional },
        1000,
        [.. values.Select(value => ((string?)"k", (string?)value))]);

    public static byte[] Build(RecordBatchBuilder builder, long timestamp, params (string? Key, string? Value)[] records)
    {
        foreach (var (key, value) in records)
            builder.Add(
                timestamp++, key is null ? null : Encoding.UTF8.GetBytes(key), value is null ? null : Encoding.UTF8.GetBytes(value));
        return builder.Build().ToArray();
    }

    /// <summary>The same batch with its records packed as a client would.</summary>
    public static byte[] Gzip(byte[] batch)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(batch.AsSpan(RecordBatchLayout.Records));
        return WithCodec([.. batch[..RecordBatchLayout.Records], .. packed.ToArray()], CompressionCodec.Gzip);
    }

    /// <summary>The same batch with another codec in its attributes, and length and CRC to match.</summary>
    public static byte[] WithCodec(byte[] batch, CompressionCodec codec)
    {
        byte[] changed = [.. batch];
        changed[RecordBatchLayout.Attributes + 1] = (byte)((changed[RecordBatchLayout.Attributes + 1] & ~7) | (int)codec);
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(RecordBatchLayout.Length), changed.Length - RecordBatchLayout.LengthPrefix);
        BatchPatch.WriteCrc(changed);
        return changed;
    }

    /// <summary>All that a reader at this isolation level gets from an offset on, in fetches of at most some bytes.</summary>
    public static byte[] ReadAll(
        PartitionLog log, long from = -1, IsolationLevel isolation = IsolationLevel.ReadUncommitted, int maxBytes = 1 << 20)
    {
        var all = new ArrayBufferWriter<byte>();
        long next = from < 0 ? log.LogStartOffset : from;
        while (true)
        {
            var fetched = new ArrayBufferWriter<byte>();
            var result = log.Read(next, maxBytes, atLeastOneBatch: true, isolation, fetched);
            Assert.Equal(Wire.ErrorCode.None, result.Error);
            Assert.Equal(fetched.WrittenCount, result.BytesWritten);
            if (result.BytesWritten == 0)
                return all.WrittenSpan.ToArray();
            all.Write(fetched.WrittenSpan);
            foreach (var (offset, length) in Frames(fetched.WrittenMemory))
                next = new RecordBatchView(fetched.WrittenSpan.Slice(offset, length)).LastOffset + 1;
        }
    }

    /// <summary>Where the batches in the bytes begin and how long they are; all must be whole.</summary>
    public static List<(int Start, int Length)> Frames(ReadOnlyMemory<byte> bytes)
    {
        var frames = new List<(int, int)>();
        for (int at = 0; at < bytes.Length;)
        {
            int size = checked((int)new RecordBatchView(bytes.Span[at..]).SizeInBytes);
            Assert.InRange(size, RecordBatchLayout.Records, bytes.Length - at);
            frames.Add((at, size));
            at += size;
        }
        return frames;
    }

    /// <summary>Offset and value of each data record in the bytes, decoded independently of the log's own reading.</summary>
    public static List<(long Offset, string Value)> Values(ReadOnlyMemory<byte> bytes)
    {
        var values = new List<(long, string)>();
        foreach (var (start, length) in Frames(bytes))
        {
            var batch = new RecordBatchView(bytes.Span.Slice(start, length));
            using var decoder = new BatchDecoder();
            Assert.Equal(DecodeOutcome.Decoded, decoder.Decode(batch, int.MaxValue, out var records));
            var iterator = new RecordIterator(batch, records);
            while (iterator.MoveNext())
            {
                if (!batch.IsControl)
                    values.Add((iterator.Offset, Encoding.UTF8.GetString(iterator.Current.Value)));
            }
            Assert.False(iterator.IsMalformed);
        }
        return values;
    }
}
