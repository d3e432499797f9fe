namespace FlowStream.Streams;

/// <summary>The headers of a record, in order; a name may occur more than once.</summary>
public interface IRecordHeaders
{
    /// <summary>Number of headers.</summary>
    int Count { get; }

    /// <summary>Name of header <paramref name="index"/>.</summary>
    string Name(int index);

    /// <summary>Value of header <paramref name="index"/>; empty for a null value.</summary>
    ReadOnlySpan<byte> Value(int index);
}
