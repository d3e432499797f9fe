using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace FlowStream.Schemas;

/// <summary>
/// Reads the Avro binary encoding (Avro 1.11 specification, "Binary Encoding") from bytes that may be damaged or hostile: every length
/// is checked against what is left before it is used, and memory grows only with items that were really there.
/// </summary>
public ref struct AvroReader
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Makes a reader of <paramref name="memory"/>; text read refers into it.</summary>
    public AvroReader(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
        _bytes = memory.Span;
    }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Reads a long.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public long ReadLong()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position == _bytes.Length) Damaged("the bytes end inside a number");
            byte next = _bytes[_position++];
            // The tenth byte holds the one bit that is left of 64.
            if (shift == 63 && next > 1) Damaged("a number is longer than 64 bits");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }
        Damaged("a number is longer than 64 bits");
        return 0;
    }

    /// <summary>Reads an int.</summary>
    /// <exception cref="InvalidDataException">There is none, or it does not fit.</exception>
    public int ReadInt()
    {
        long value = ReadLong();
        if (value is < int.MinValue or > int.MaxValue) Damaged("an int is out of range");
        return (int)value;
    }

    /// <summary>Reads a boolean.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public bool ReadBoolean()
    {
        if (_position == _bytes.Length) Damaged("the bytes end before a boolean");
        byte value = _bytes[_position++];
        if (value > 1) Damaged("a boolean is neither 0 nor 1");
        return value == 1;
    }

    /// <summary>Reads the branch of a union of null and one type.</summary>
    /// <returns>True when a value follows.</returns>
    /// <exception cref="InvalidDataException">There is no such branch.</exception>
    public bool ReadBranch() => ReadSymbol(2) == 1;

    /// <summary>Reads the index of an enum's symbol.</summary>
    /// <param name="count">Number of symbols.</param>
    /// <exception cref="InvalidDataException">There is no such symbol.</exception>
    public int ReadSymbol(int count)
    {
        long value = ReadLong();
        if (value < 0 || value >= count) Damaged("an index names no branch or symbol");
        return (int)value;
    }

    /// <summary>Reads a string; it refers into the memory being read.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is not UTF-8.</exception>
    public Utf8Text ReadText()
    {
        long length = ReadLong();
        if (length < 0 || length > Remaining) Damaged("a string is longer than the bytes left");
        ReadOnlyMemory<byte> text = _memory.Slice(_position, (int)length);
        if (!Utf8.IsValid(_bytes.Slice(_position, (int)length))) Damaged("a string is not UTF-8");
        _position += (int)length;
        return new Utf8Text(text);
    }

    /// <summary>Reads an array of strings into <paramref name="texts"/>, in place of what is there.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public void ReadTexts(AvroArray<Utf8Text> texts)
    {
        texts.Clear();
        for (long left = ReadBlock(1); left > 0; left = ReadBlock(1))
        {
            while (left-- > 0) texts.Add(ReadText());
        }
    }

    /// <summary>Reads an array of records into <paramref name="records"/>, in place of what is there.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public void ReadRecords<T>(AvroRecordArray<T> records)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        records.Clear();
        for (long left = ReadBlock(T.MinimumBytes); left > 0; left = ReadBlock(T.MinimumBytes))
        {
            while (left-- > 0) records.Add().Read(ref this);
        }
    }

    /// <summary>Reads a map of strings into <paramref name="map"/>, in place of what is there.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public void ReadMap(AvroMap map)
    {
        map.Clear();
        for (long left = ReadBlock(2); left > 0; left = ReadBlock(2))
        {
            while (left-- > 0)
            {
                Utf8Text key = ReadText();
                map.Add(key, ReadText());
            }
        }
    }

    /// <summary>Reads a map of numbers into <paramref name="counts"/>, in place of what it held.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public void ReadCounts(AvroCounts counts)
    {
        counts.Clear();
        for (long left = ReadBlock(2); left > 0; left = ReadBlock(2))
        {
            while (left-- > 0)
            {
                Utf8Text key = ReadText();
                counts.Add(key, ReadLong());
            }
        }
    }

    /// <summary>Reads the head of an array's or map's next block.</summary>
    /// <returns>Number of items in it; 0 at the end.</returns>
    private long ReadBlock(int minimumItemBytes)
    {
        long count = ReadLong();
        if (count < 0)
        {
            // A negative count is followed by the size of the block in bytes, for readers that skip it.
            long size = ReadLong();
            if (size < 0 || size > Remaining) Damaged("a block is longer than the bytes left");
            if (count < -Remaining) Damaged("a block holds more items than bytes are left for");
            count = -count;
        }
        if (count > Remaining / minimumItemBytes) Damaged("a block holds more items than bytes are left for");
        return count;
    }

    [DoesNotReturn]
    private readonly void Damaged(string what) =>
        throw new InvalidDataException($"Not the Avro record expected: {what} (at byte {_position} of {_bytes.Length}).");
}
