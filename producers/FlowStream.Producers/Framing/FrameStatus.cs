namespace FlowStream.Producers.Framing;

/// <summary>What the framer found at the start of the bytes it was given.</summary>
public enum FrameStatus : byte
{
    /// <summary>No whole frame yet; nothing is consumed until more bytes come.</summary>
    Incomplete,

    /// <summary>One whole frame.</summary>
    Frame,

    /// <summary>
    /// Bytes that belong to no message (line ends after a counted frame, the rest of a line that was refused): consume and go on.
    /// </summary>
    Skipped,

    /// <summary>Bytes that are refused; see <see cref="FrameResult.Reason"/>. Consume and go on.</summary>
    Rejected,

    /// <summary>Bytes after which the stream cannot be followed any more: the connection is to be closed.</summary>
    Lost,
}
