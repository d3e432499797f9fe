namespace FlowStream.Producers;

/// <summary>A message on its way to the raw topic. Valid only during the call that passes it.</summary>
public readonly ref struct RawMessage
{
    /// <summary>The bytes as received.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>Where it came from.</summary>
    public required RawSource Source { get; init; }
}
