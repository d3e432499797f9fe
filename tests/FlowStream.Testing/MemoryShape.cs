using System.Buffers;

namespace FlowStream.Testing;

/// <summary>One way to lay the same bytes out in memory.</summary>
/// <param name="Name">How they are laid out, for the failure message.</param>
/// <param name="Sequence">The bytes in that layout.</param>
public sealed record MemoryShape(string Name, ReadOnlySequence<byte> Sequence)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
