using System.Threading.Channels;
using FlowStream.Sessions.Table;
using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Queries.Http;

/// <summary>Lists the sessions of every task as JSON lines, in chunks, up to a limit.</summary>
internal sealed class SessionListing : IStateQuery
{
    private readonly SessionRequest _request;
    private readonly ChannelWriter<byte[]> _chunks;
    private long _taken;

    public SessionListing(SessionRequest request, ChannelWriter<byte[]> chunks)
    {
        _request = request;
        _chunks = chunks;
    }

    /// <summary>Number of sessions listed.</summary>
    public long Listed => Math.Min(Interlocked.Read(ref _taken), _request.Limit);

    /// <summary>Whether there were more than the limit.</summary>
    public bool HasMore => Interlocked.Read(ref _taken) > _request.Limit;

    public IStateVisit Begin(int partition, IProcessor processor) =>
        new ListingVisit(this, ((SessionProcessor)processor).Scan(_request.Filter), _chunks);

    /// <summary>Whether one more session may be listed.</summary>
    public bool TryTake() => Interlocked.Increment(ref _taken) <= _request.Limit;
}
