using System.Text;

namespace FlowStream.Schemas;

/// <summary>
/// Text as UTF-8 bytes: the strings of the records, without a <see cref="string"/> for each. It refers to memory that somebody else
/// owns and is valid as long as the owner says.
/// </summary>
/// <param name="Bytes">The bytes.</param>
public readonly record struct Utf8Text(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The bytes as a span.</summary>
    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>Makes text of its own from a string.</summary>
    public static Utf8Text From(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>True when both hold the same bytes.</summary>
    public bool Equals(Utf8Text other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
