using System.Buffers;

namespace FlowStream.Streams;

/// <summary>
/// The work of one task: one input partition, its state and its outputs. A task calls it from one thread only. It must be a function of
/// what it is given: the same records, times and restored state give the same output, byte for byte; it reads no clock.
/// </summary>
/// <remarks>
/// The runtime calls: restore (snapshot, then changelog rows, then <see cref="AdvanceTime"/> to the restored time), then
/// <see cref="Process"/> and <see cref="AdvanceTime"/> in any order, then <see cref="Commit"/> for each transaction. When a transaction
/// fails the processor is thrown away and a new one is restored.
/// </remarks>
public interface IProcessor
{
    /// <summary>
    /// The earliest stream time (Unix milliseconds) at which <see cref="AdvanceTime"/> has something to do, or a lower bound of it that is
    /// later than the last time passed; <see cref="long.MaxValue"/> when nothing is pending. While the input pauses the runtime moves time
    /// only when it reaches this, so an idle task costs no transactions.
    /// </summary>
    long NextTimer { get; }

    /// <summary>Bytes of memory the state takes, estimated; compared with the memory budget.</summary>
    long MemoryBytes { get; }

    /// <summary>Takes one record of the input partition.</summary>
    void Process(in InputRecord record, IRecordCollector output);

    /// <summary>
    /// Time has moved on to <paramref name="streamTime"/> (Unix milliseconds; never back): fires what is due. The runtime calls this
    /// after each record that moves time and when a pause in the input lets the wall clock carry it on.
    /// </summary>
    void AdvanceTime(long streamTime, IRecordCollector output);

    /// <summary>
    /// Ends the transaction's work: sends what is collected per commit and writes every row of state that was touched since the last
    /// commit and outlives it.
    /// </summary>
    void Commit(IChangelogWriter changelog, IRecordCollector output);

    /// <summary>Takes a row of the changelog, in log order; an empty value is a tombstone.</summary>
    void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>Writes the whole state as of the last <see cref="Commit"/>.</summary>
    void WriteSnapshot(IBufferWriter<byte> snapshot);

    /// <summary>Replaces the state by one that <see cref="WriteSnapshot"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was written by another version or is damaged; the changelog is replayed
    /// instead.</exception>
    void ReadSnapshot(ReadOnlySpan<byte> snapshot);
}
