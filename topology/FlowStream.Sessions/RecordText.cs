using FlowStream.Parsing;
using FlowStream.Schemas;

namespace FlowStream.Sessions;

/// <summary>
/// Memory for texts that are made for a record: addresses and keys, and copies of what lies in a message. Texts are valid until
/// <see cref="Clear"/>. It grows to the largest record and then allocates nothing.
/// </summary>
internal sealed class RecordText
{
    private const int MinimumBlock = 4096;

    private byte[] _block = new byte[MinimumBlock];
    private int _used;

    /// <summary>Gives all memory back to be used again.</summary>
    public void Clear() => _used = 0;

    /// <summary>The text of an address.</summary>
    public Utf8Text Address(in IpAddress address) => Take(address.Format(Reserve(IpAddress.MaxTextBytes)));

    /// <summary>Two lower-case hexadecimal digits for each byte.</summary>
    public Utf8Text Hex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out int written);
        return Take(written);
    }

    /// <summary>A copy of <paramref name="text"/>.</summary>
    public Utf8Text Copy(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        return Take(text.Length);
    }

    // Texts already handed out keep the block they lie in; the larger one serves from then on.
    private Span<byte> Reserve(int length)
    {
        if (_block.Length - _used < length) Grow(length);
        return _block.AsSpan(_used);
    }

    private void Grow(int length)
    {
        _block = new byte[Math.Max(_block.Length * 2, length)];
        _used = 0;
    }

    private Utf8Text Take(int length)
    {
        var text = new Utf8Text(new ReadOnlyMemory<byte>(_block, _used, length));
        _used += length;
        return text;
    }
}
