namespace FlowStream.Streams.Clients;

/// <summary>A row of a changelog; valid until the reader is called again.</summary>
internal ref struct ChangelogRow
{
    /// <summary>Its offset.</summary>
    public long Offset;

    /// <summary>Key.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>Value; empty for a tombstone.</summary>
    public ReadOnlySpan<byte> Value;
}
