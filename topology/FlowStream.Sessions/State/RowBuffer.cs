using System.Buffers.Binary;
using FlowStream.Schemas;

namespace FlowStream.Sessions.State;

/// <summary>
/// Bytes being written for a row or a snapshot: numbers as base-128 varints (low 7 bits first), signed ones zig-zag. It grows to the
/// largest row and then allocates nothing.
/// </summary>
internal sealed class RowBuffer
{
    /// <summary>Longest form of a number in bytes.</summary>
    public const int MaxNumberBytes = Varint.MaxBytes;

    private byte[] _bytes = new byte[1024];

    /// <summary>Number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Empties the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Room for <paramref name="length"/> bytes at the end; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Length < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        return _bytes.AsSpan(Length);
    }

    /// <summary>Counts bytes that were written to what <see cref="Reserve"/> gave.</summary>
    public void Advance(int length) => Length += length;

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    /// <summary>Writes an unsigned number.</summary>
    public void WriteNumber(ulong value) => Length += Number(Reserve(MaxNumberBytes), 0, value);

    /// <summary>Writes a signed number.</summary>
    public void WriteSigned(long value) => Length += Signed(Reserve(MaxNumberBytes), 0, value);

    /// <summary>Writes an unsigned number into room that was reserved for several; returns the position after it.</summary>
    public static int Number(Span<byte> target, int position, ulong value) => position + Varint.Write(target[position..], value);

    /// <summary>Writes a signed number into room that was reserved for several; returns the position after it.</summary>
    public static int Signed(Span<byte> target, int position, long value) =>
        Number(target, position, Varint.ZigZag(value));

    /// <summary>Writes eight bytes, big-endian.</summary>
    public void WriteFixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);
        Length += 8;
    }

    /// <summary>Writes bytes after their length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteNumber((ulong)bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }
}
