namespace FlowStream.Producers;

/// <summary>The raw topic as listeners see it.</summary>
public interface IRawTopic
{
    /// <summary>
    /// Takes a message for delivery. Once taken it is delivered, or counted as rejected with a reason; it is copied before the call
    /// returns.
    /// </summary>
    /// <returns>False when there is no room.</returns>
    bool TrySend(in RawMessage message);

    /// <summary>Completes when there is room again; there may be none left by the time it is used.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellation);
}
