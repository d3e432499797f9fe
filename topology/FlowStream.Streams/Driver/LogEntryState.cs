namespace FlowStream.Streams.Driver;

/// <summary>Whether a reader with read_committed is shown an entry that lies below the last stable offset.</summary>
internal enum LogEntryState : byte
{
    /// <summary>Shown: written without a transaction, or committed.</summary>
    Data,

    /// <summary>Hidden: of an aborted transaction.</summary>
    Aborted,

    /// <summary>Hidden: the marker that ends a transaction.</summary>
    Marker,
}
