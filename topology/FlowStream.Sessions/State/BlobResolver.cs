namespace FlowStream.Sessions.State;

/// <summary>Reads what <see cref="BlobReferences"/> wrote, interning each string once per scope.</summary>
internal sealed class BlobResolver
{
    private readonly BlobStore _blobs;
    private readonly bool _areExtras;
    private int[] _ids = new int[64];
    private int _count;

    /// <summary>Makes a resolver into <paramref name="blobs"/>; <paramref name="areExtras"/> says that the strings are extras.</summary>
    public BlobResolver(BlobStore blobs, bool areExtras)
    {
        _blobs = blobs;
        _areExtras = areExtras;
    }

    /// <summary>Reads a reference.</summary>
    /// <returns>The string's number, with a reference that the caller owns.</returns>
    /// <exception cref="InvalidDataException">The reference or its string is damaged.</exception>
    public int Read(ref RowReader row)
    {
        int number = row.ReadNumber(_count + 1);
        if (number == 0) return 0;
        if (number > _count) Learn(row.ReadBytes());
        int id = _ids[number - 1];
        _blobs.AddReference(id);
        return id;
    }

    /// <summary>Ends the scope and gives up its own references.</summary>
    public void End()
    {
        for (int i = 0; i < _count; i++) _blobs.Release(_ids[i]);
        _count = 0;
    }

    private void Learn(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.Length > BlobAllocator.ChunkBytes / 2) RowReader.Throw("a text has a wrong length");
        if (_areExtras && !ExtrasBlob.IsValid(content)) RowReader.Throw("extras are damaged");
        if (_count == _ids.Length) Array.Resize(ref _ids, _count * 2);
        _ids[_count++] = _areExtras ? ExtrasBlob.Intern(_blobs, content) : _blobs.Intern(content);
    }
}
