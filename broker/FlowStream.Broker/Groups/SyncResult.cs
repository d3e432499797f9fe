using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>The answer to a SyncGroup request.</summary>
/// <param name="Error">What went wrong, or none.</param>
/// <param name="Assignment">What the leader sent for this member; empty on error.</param>
internal sealed record SyncResult(ErrorCode Error, byte[] Assignment)
{
    /// <summary>A refusal.</summary>
    public static SyncResult Failed(ErrorCode error) => new(error, []);
}
