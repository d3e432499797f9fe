using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>The headers of a dead letter: those of the message, then reason, detail and origin. One object serves all of a task.</summary>
internal sealed class DeadLetterRecord : IRecordHeaders
{
    private static readonly string[] Names = [DeadLetterHeaders.Reason, DeadLetterHeaders.Detail, DeadLetterHeaders.Origin];

    private readonly byte[][] _values = [[], [], []];
    private readonly int[] _lengths = new int[3];
    private IRecordHeaders _original = RecordHeaders.Empty;

    public int Count => _original.Count + Names.Length;

    public string Name(int index) => index < _original.Count ? _original.Name(index) : Names[index - _original.Count];

    public ReadOnlySpan<byte> Value(int index) =>
        index < _original.Count
            ? _original.Value(index)
            : _values[index - _original.Count].AsSpan(0, _lengths[index - _original.Count]);

    /// <summary>Takes what the next dead letter says. The buffers are referred to until then.</summary>
    public void Set(IRecordHeaders? original, byte[] reason, byte[] detail, int detailLength, byte[] origin, int originLength)
    {
        _original = original ?? RecordHeaders.Empty;
        (_values[0], _lengths[0]) = (reason, reason.Length);
        (_values[1], _lengths[1]) = (detail, detailLength);
        (_values[2], _lengths[2]) = (origin, originLength);
    }
}
