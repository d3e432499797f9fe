namespace FlowStream.Sessions.State;

/// <summary>
/// Writes byte strings of a store once per scope (a row, a snapshot) and then by number: 0 is none, n is the n-th string written, and the
/// number after the last is followed by the string itself.
/// </summary>
internal sealed class BlobReferences
{
    private readonly BlobStore _blobs;
    private (int Scope, int Number)[] _numbers = new (int, int)[256];
    private int _scope = 1;
    private int _count;

    public BlobReferences(BlobStore blobs) => _blobs = blobs;

    /// <summary>Begins a scope.</summary>
    public void Begin()
    {
        _scope++;
        _count = 0;
    }

    /// <summary>Writes a reference to <paramref name="blob"/>.</summary>
    public void Write(RowBuffer row, int blob)
    {
        if (blob == 0)
        {
            row.WriteByte(0);
            return;
        }
        if (blob >= _numbers.Length) Array.Resize(ref _numbers, Math.Max(_numbers.Length * 2, blob + 1));
        ref (int Scope, int Number) known = ref _numbers[blob];
        if (known.Scope == _scope)
        {
            row.WriteNumber((ulong)known.Number);
            return;
        }
        known = (_scope, ++_count);
        row.WriteBytes((ulong)_count, _blobs[blob]);
    }
}
