namespace FlowStream.Producers;

/// <summary>Why bytes that arrived did not become a record of the raw topic. The set is closed; each is a counter.</summary>
public enum RejectReason : byte
{
    /// <summary>Not rejected.</summary>
    None,

    /// <summary>A datagram, line or counted frame with nothing in it.</summary>
    Empty,

    /// <summary>Longer than <see cref="ProducerOptions.MaxMessageBytes"/>.</summary>
    TooLong,

    /// <summary>The connection ended, or fell silent, in the middle of a frame.</summary>
    UnfinishedFrame,

    /// <summary>A datagram that came while the broker could not keep up and the queue was full; a stream is slowed down instead.</summary>
    QueueFull,

    /// <summary>A connection beyond the most that are held at once.</summary>
    TooManyConnections,

    /// <summary>The broker refused the record for good; the log says why.</summary>
    Undeliverable,

    /// <summary>Still queued when the time to drain at the end was over.</summary>
    NotDrained,
}
