using FlowStream.Bandwidth;
using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>Turns what the join of one task finds into records, and its volumes into partial sums.</summary>
internal sealed class SessionResults : IPartialOutput
{
    private readonly string _partialsTopic;
    private readonly RecordValue<CompletedSession> _session = new();
    private readonly RecordValue<Denial> _denial = new();
    private readonly RecordValue<PathQuality> _path = new();
    private readonly byte[] _flowKey = new byte[FlowKey.MaxBytes];
    private readonly byte[] _pathKey = new byte[PathKey.MaxBytes];
    private readonly byte[] _pathPartial = new byte[PathCodec.MaxBytes];
    private byte[] _pathTopicKey = new byte[256];
    private int _flowKeyLength;
    private IRecordCollector? _partialsOutput;

    public SessionResults(TopologyOptions options, string partialsTopic, int partition)
    {
        _partialsTopic = partialsTopic;
        Partials = new PartialWindows(
            options.Aggregations, TumblingWindows.OneMinute, partition, options.Bandwidth.Prefixes, options.Bandwidth.TopTalkers);
    }

    public PartialWindows Partials { get; }

    /// <summary>Timestamp of the records that come next: the message's, or stream time for what time itself brings.</summary>
    public long Timestamp { get; set; }

    /// <summary>Stream time of the task, which partials carry: it drives the time of the bandwidth stage.</summary>
    public long StreamTime { get; set; } = long.MinValue;

    public long MemoryBytes => Partials.MemoryBytes + _session.MemoryBytes + _denial.MemoryBytes;

    /// <summary>Notes the flow of the message that is about to be joined: a denial's key.</summary>
    public void NoteFlow(SessionEvent sessionEvent) => _flowKeyLength = FlowKey.Write(sessionEvent, _flowKey);

    public void Completed(CompletedSession session, IRecordCollector output) =>
        output.Send(FlowTopics.Sessions, session.SessionKey.Span, _session.Of(session), Timestamp);

    public void Denied(Denial denial, IRecordCollector output) =>
        output.Send(FlowTopics.Denials, _flowKey.AsSpan(0, _flowKeyLength), _denial.Of(denial), Timestamp);

    /// <summary>Sends what a message says of a path, and what it measured to where it is added up.</summary>
    public void Measured(PathQuality quality, IRecordCollector output)
    {
        if (_pathTopicKey.Length < PathTopicKey.MaxBytes(quality)) _pathTopicKey = new byte[PathTopicKey.MaxBytes(quality)];
        int length = PathTopicKey.Write(quality, _pathTopicKey);
        output.Send(FlowTopics.Paths, _pathTopicKey.AsSpan(0, length), _path.Of(quality), Timestamp);
        if (quality.Measures.Count == 0) return;
        _partialsOutput = output;
        Partial(
            _pathKey.AsSpan(0, PathKey.Write(quality, _pathKey)),
            _pathPartial.AsSpan(0, PathCodec.WritePartial(quality, _pathPartial)));
        _partialsOutput = null;
    }

    /// <summary>Sends the partial sums that are collected.</summary>
    public void Drain(IRecordCollector output)
    {
        _partialsOutput = output;
        Partials.Drain(this);
        _partialsOutput = null;
    }

    public void Partial(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        _partialsOutput!.Send(_partialsTopic, key, value, StreamTime == long.MinValue ? Timestamp : StreamTime);
}
