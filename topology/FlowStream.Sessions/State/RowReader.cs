using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace FlowStream.Sessions.State;

/// <summary>Reads what a <see cref="RowBuffer"/> wrote; every read checks the bounds.</summary>
internal ref struct RowReader
{
    private ReadOnlySpan<byte> _rest;

    public RowReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>True when everything is read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte()
    {
        if (_rest.IsEmpty) Throw("it is cut short");
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>Reads an unsigned number.</summary>
    public ulong ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }
        Throw("a number is too long");
        return 0;
    }

    /// <summary>Reads an unsigned number that is at most <paramref name="limit"/>.</summary>
    public int ReadNumber(int limit)
    {
        ulong value = ReadNumber();
        if (value > (ulong)limit) Throw("a number is out of range");
        return (int)value;
    }

    /// <summary>Reads a signed number.</summary>
    public long ReadSigned()
    {
        ulong value = ReadNumber();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads eight bytes, big-endian.</summary>
    public ulong ReadFixed()
    {
        if (_rest.Length < 8) Throw("it is cut short");
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    /// <summary>Reads bytes after their length.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        int length = ReadNumber(int.MaxValue);
        if (_rest.Length < length) Throw("it is cut short");
        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    /// <summary>Refuses the bytes.</summary>
    /// <exception cref="InvalidDataException">Always.</exception>
    [DoesNotReturn]
    public static void Throw(string why) => throw new InvalidDataException($"Session state cannot be read: {why}.");
}
