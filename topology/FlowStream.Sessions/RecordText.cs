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
    public Utf8Text Address(IpAddress address)
    {
        Memory<byte> target = Reserve(IpAddress.MaxTextBytes);
        return Take(target, address.Format(target.Span));
    }

    /// <summary>Two lower-case hexadecimal digits for each byte.</summary>
    public Utf8Text Hex(ReadOnlySpan<byte> bytes)
    {
        Memory<byte> target = Reserve(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, target.Span, out int written);
        return Take(target, written);
    }

    /// <summary>A copy of <paramref name="text"/>.</summary>
    public Utf8Text Copy(ReadOnlySpan<byte> text)
    {
        Memory<byte> target = Reserve(text.Length);
        text.CopyTo(target.Span);
        return Take(target, text.Length);
    }

    // Texts already handed out keep the block they lie in; the larger one serves from then on.
    private Memory<byte> Reserve(int length)
    {
        if (_block.Length - _used < length)
        {
            _block = new byte[Math.Max(_block.Length * 2, length)];
            _used = 0;
        }
        return _block.AsMemory(_used);
    }

    private Utf8Text Take(Memory<byte> target, int length)
    {
        _used += length;
        return new Utf8Text(target[..length]);
    }
}
