using FlowStream.Sessions;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>Passes the rows of a pure state on to the changelog of the commit under way.</summary>
internal sealed class StateRows : IStateWriter
{
    private IChangelogWriter? _changelog;

    /// <summary>This, writing to <paramref name="changelog"/> from now on.</summary>
    public StateRows To(IChangelogWriter changelog)
    {
        _changelog = changelog;
        return this;
    }

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _changelog!.Put(key, value);

    public void Delete(ReadOnlySpan<byte> key) => _changelog!.Delete(key);
}
