using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Sessions;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>Keeps the rows of a changelog as inputs.</summary>
internal sealed class RowList(List<byte[]> rows) : IStateWriter
{
    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => rows.Add(Pair.Of(key, value));

    public void Delete(ReadOnlySpan<byte> key) => rows.Add(Pair.Of(key, default));
}
