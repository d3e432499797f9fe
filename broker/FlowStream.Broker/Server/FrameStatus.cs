namespace FlowStream.Broker.Server;

/// <summary>What <see cref="RequestFrameReader.TryTake"/> found.</summary>
internal enum FrameStatus
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>A whole request is in <see cref="RequestFrameReader.Frame"/>.</summary>
    Complete,

    /// <summary>The length field is negative, too short for a request header, or above the limit.</summary>
    BadLength,
}
