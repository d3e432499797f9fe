namespace FlowStream.Streams.Clients;

/// <summary>What a poll of the consumer found.</summary>
internal enum PollResult
{
    /// <summary>Nothing within the time given.</summary>
    Nothing,

    /// <summary>A record.</summary>
    Record,

    /// <summary>The partition has been read to its end: its readable end under read_committed.</summary>
    EndOfPartition,
}
