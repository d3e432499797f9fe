using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        if (_bytes.Length - Length < length) Grow(length);
        return _bytes.AsSpan(Length);
    }

    /// <summary>
    /// Room for <paramref name="length"/> bytes at the end, as the first of them: for several numbers that need no check each.
    /// </summary>
    public ref byte Room(int length)
    {
        if (_bytes.Length - Length < length) Grow(length);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), Length);
    }

    /// <summary>Counts bytes that were written to what <see cref="Reserve"/> or <see cref="Room"/> gave.</summary>
    public void Advance(int length) => Length += length;

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value)
    {
        Room(1) = value;
        Length++;
    }

    /// <summary>Writes an unsigned number.</summary>
    public void WriteNumber(ulong value) => Length += Number(ref Room(MaxNumberBytes), 0, value);

    /// <summary>Writes a signed number.</summary>
    public void WriteSigned(long value) => Length += Signed(ref Room(MaxNumberBytes), 0, value);

    /// <summary>Writes an unsigned number into <see cref="Room"/> for several; returns the position after it.</summary>
    /// <param name="room">The first byte of it: there are <see cref="MaxNumberBytes"/> for each number, which nothing checks here.</param>
    /// <param name="position">Where in it the number goes.</param>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Number(ref byte room, int position, ulong value)
    {
        // Each place in a row mostly has numbers of one byte, or mostly longer ones.
        if (value >= 0x80) return position + WriteLong(ref Unsafe.Add(ref room, position), value);
        Unsafe.Add(ref room, position) = (byte)value;
        return position + 1;
    }

    /// <summary>Writes a signed number as <see cref="Number"/> does; returns the position after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Signed(ref byte room, int position, long value) => Number(ref room, position, Varint.ZigZag(value));

    /// <summary>Writes eight bytes, big-endian.</summary>
    public void WriteFixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);
        Length += 8;
    }

    /// <summary>Writes bytes after their length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        ref byte room = ref Room(MaxNumberBytes + bytes.Length);
        Length += Bytes(ref room, 0, bytes);
    }

    /// <summary>Writes a number, and bytes after their length.</summary>
    public void WriteBytes(ulong number, ReadOnlySpan<byte> bytes)
    {
        ref byte room = ref Room((2 * MaxNumberBytes) + bytes.Length);
        Length += Bytes(ref room, Number(ref room, 0, number), bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));

    private static int Bytes(ref byte room, int position, ReadOnlySpan<byte> bytes)
    {
        position = Number(ref room, position, (ulong)bytes.Length);
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref room, position), bytes.Length));
        return position + bytes.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteLong(ref byte target, ulong value) =>
        Varint.Write(MemoryMarshal.CreateSpan(ref target, MaxNumberBytes), value);
}
