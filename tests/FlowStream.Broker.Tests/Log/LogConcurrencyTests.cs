using System.Buffers;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Log;

public sealed class LogConcurrencyTests
{
    private const int Transactions = 1500;

    [Fact]
    public async Task Readers_beside_a_writer_and_a_cleaner_see_committed_records_in_order_and_never_an_aborted_one()
    {
        using var directory = new TemporaryDirectory();
        var clock = new FakeTimeProvider();
        var options = new LogOptions
        {
            SegmentBytes = 2000,
            IndexIntervalBytes = 200,
            CleanupPolicy = CleanupPolicy.Compact,
            MinCleanableDirtyRatio = 0,
            DeleteRetentionMs = 0,
        };
        using var log = PartitionLog.Open(directory.Path, options, clock, NullLogger.Instance);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadToTheEnd(log, done.Token))).ToArray();
        var cleaner = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                log.Compact();
                log.ApplyRetention();
            }
        });
        for (int i = 0; i < Transactions; i++)
        {
            bool commit = i % 3 > 0;
            string value = commit ? $"committed {i}" : "aborted";
            byte[] batch = Batches.Build(
                new RecordBatchBuilder { ProducerId = 7, ProducerEpoch = 0, BaseSequence = i, IsTransactional = true },
                i,
                ($"key {i % 50}", value));
            Assert.Equal(ErrorCode.None, log.Append(batch, Batches.InTransaction).Error);
            Assert.Equal(ErrorCode.None, log.AppendMarker(7, 0, commit, 0).Error);
        }
        await done.CancelAsync();
        foreach (var reader in readers)
            Assert.Equal($"committed {Transactions - 1}", await reader);
        await cleaner;
    }

    /// <summary>Reads as a client does under read_committed, and returns the last value.</summary>
    private static string ReadToTheEnd(PartitionLog log, CancellationToken writerIsDone)
    {
        string last = "";
        long next = 0;
        while (true)
        {
            bool isLastRound = writerIsDone.IsCancellationRequested;
            var bytes = new ArrayBufferWriter<byte>();
            var result = log.Read(next, 5000, atLeastOneBatch: true, IsolationLevel.ReadCommitted, bytes);
            Assert.Equal(ErrorCode.None, result.Error);
            if (result.BytesWritten == 0 && isLastRound)
                return last;
            var aborted = new Queue<AbortedTransaction>(result.AbortedTransactions!);
            bool skips = false;
            foreach (var (start, length) in Batches.Frames(bytes.WrittenMemory))
            {
                var batch = new RecordBatchView(bytes.WrittenSpan.Slice(start, length));
                Assert.True(batch.LastOffset >= next);
                next = batch.LastOffset + 1;
                // One producer only: the entry at the head is the next transaction to skip, up to its marker.
                if (aborted.TryPeek(out var entry) && batch.BaseOffset >= entry.FirstOffset)
                    skips = true;
                if (batch.IsControl && TransactionMarker.TryRead(batch, out var marker) && !marker.Commit && skips)
                {
                    aborted.Dequeue();
                    skips = false;
                }
                if (batch.IsControl || skips || batch.RecordCount == 0)
                    continue;
                last = Batches.Values(bytes.WrittenMemory.Slice(start, length)).Single().Value;
                Assert.StartsWith("committed", last, StringComparison.Ordinal);
            }
        }
    }
}
