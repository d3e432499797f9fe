namespace FlowStream.Streams;

/// <summary>Headers of a record held in memory, in order.</summary>
public sealed class RecordHeaders : IRecordHeaders
{
    /// <summary>No headers.</summary>
    public static readonly RecordHeaders Empty = new([]);

    private readonly KeyValuePair<string, byte[]>[] _headers;

    /// <summary>Holds <paramref name="headers"/>; the arrays are not copied.</summary>
    public RecordHeaders(params KeyValuePair<string, byte[]>[] headers) => _headers = headers;

    /// <inheritdoc/>
    public int Count => _headers.Length;

    /// <inheritdoc/>
    public string Name(int index) => _headers[index].Key;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Value(int index) => _headers[index].Value;

    /// <summary>A copy of <paramref name="headers"/> that outlives the call that passed them.</summary>
    public static RecordHeaders Copy(IRecordHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.Count == 0) return Empty;
        var copy = new KeyValuePair<string, byte[]>[headers.Count];
        for (var i = 0; i < copy.Length; i++) copy[i] = new(headers.Name(i), headers.Value(i).ToArray());
        return new RecordHeaders(copy);
    }
}
