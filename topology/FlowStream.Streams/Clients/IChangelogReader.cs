namespace FlowStream.Streams.Clients;

/// <summary>Reads one changelog partition at a time with read_committed.</summary>
internal interface IChangelogReader : IDisposable
{
    /// <summary>Offset of the next record to be read; moves over aborted records and markers, too.</summary>
    long Position { get; }

    /// <summary>The high watermark: the end of the log, whatever transactions are open below it.</summary>
    long HighWatermark(string topic, int partition);

    /// <summary>Goes to an offset of a partition; one below the start of the log goes to the start.</summary>
    void Open(string topic, int partition, long offset);

    /// <summary>Waits up to <paramref name="timeoutMs"/> for the next row; its spans are valid until the next call.</summary>
    bool TryRead(int timeoutMs, out ChangelogRow row);
}
