namespace FlowStream.Sessions.State;

/// <summary>One byte string of a <see cref="BlobStore"/>.</summary>
internal struct BlobEntry
{
    /// <summary>Hash of the content.</summary>
    public ulong Hash;

    /// <summary>Next entry of the same bucket, or 0.</summary>
    public int Next;

    /// <summary>How many holders there are.</summary>
    public int References;

    /// <summary>Which chunk holds the bytes.</summary>
    public int Chunk;

    /// <summary>Where in the chunk they begin.</summary>
    public int Offset;

    /// <summary>Number of bytes of the content.</summary>
    public int Length;

    /// <summary>Number of bytes after the content that are derived from it and kept beside it.</summary>
    public int SuffixLength;
}
