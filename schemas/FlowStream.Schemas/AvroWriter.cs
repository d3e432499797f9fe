using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace FlowStream.Schemas;

/// <summary>
/// Writes the Avro binary encoding (Avro 1.11 specification, "Binary Encoding"). Call <see cref="Flush"/> when done; until then the output
/// does not have the last bytes.
/// </summary>
public ref struct AvroWriter
{
    // The index of a union's branch as a long: null is the first of the two.
    private const byte Absent = 0;
    private const byte Present = 1 << 1;

    // A shorter text has one byte of length.
    private const int ShortText = 64;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _written;

    /// <summary>Makes a writer that appends to <paramref name="output"/>.</summary>
    public AvroWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _span = output.GetSpan();
    }

    /// <summary>Hands what is written to the output.</summary>
    public void Flush()
    {
        _output.Advance(_written);
        _written = 0;
        _span = default;
    }

    /// <summary>Writes an int, a long or an enum's index: zig-zag, then a variable-length number.</summary>
    public void WriteLong(long value)
    {
        ulong number = Varint.ZigZag(value);
        if (number < 0x80) WriteByte((byte)number);
        else WriteNumber(number);
    }

    /// <summary>Writes a union of null and an int or a long.</summary>
    public void WriteLong(long? value)
    {
        WriteByte(value is null ? Absent : Present);
        if (value is { } present) WriteLong(present);
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes a union of null and a boolean.</summary>
    public void WriteBoolean(bool? value)
    {
        WriteByte(value is null ? Absent : Present);
        if (value is { } present) WriteBoolean(present);
    }

    /// <summary>Writes a string; bytes that are not UTF-8 are replaced by U+FFFD.</summary>
    // One copy of it for all fields: a record has dozens of texts, and each copy would want a frame of its own in the record's method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteText(in Utf8Text value)
    {
        ReadOnlySpan<byte> text = value.Span;
        Span<byte> span = _span;
        int length = text.Length, at = _written;
        // Nearly all texts are short and ASCII, which the copy tells. There is room for the length and the text when this is asked once.
        if (length < ShortText && length < span.Length - at)
        {
            ref byte target = ref Unsafe.Add(ref MemoryMarshal.GetReference(span), at);
            target = (byte)(length << 1);
            if (AsciiText.Copy(ref MemoryMarshal.GetReference(text), ref Unsafe.Add(ref target, 1), (nuint)length))
            {
                _written = at + 1 + length;
                return;
            }
        }
        WriteOther(text);
    }

    /// <summary>Writes a union of null and a string.</summary>
    public void WriteText(in Utf8Text? value)
    {
        if (!value.HasValue)
        {
            WriteByte(Absent);
            return;
        }
        WriteByte(Present);
        WriteText(in Nullable.GetValueRefOrDefaultRef(in value));
    }

    /// <summary>Writes an array of strings.</summary>
    public void WriteTexts(AvroArray<Utf8Text> texts)
    {
        if (texts.Count > 0) WriteLong(texts.Count);
        foreach (ref readonly Utf8Text text in texts.Items) WriteText(in text);
        WriteLong(0);
    }

    /// <summary>Writes an array of records.</summary>
    public void WriteRecords<T>(AvroRecordArray<T> records)
        where T : class, IAvroRecord, IEquatable<T>, new()
    {
        if (records.Count > 0) WriteLong(records.Count);
        foreach (T record in records.Items) record.Write(ref this);
        WriteLong(0);
    }

    /// <summary>Writes a map of strings.</summary>
    public void WriteMap(AvroMap map)
    {
        if (map.Count > 0) WriteLong(map.Count);
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in map.Entries)
        {
            WriteText(entry.Key);
            WriteText(entry.Value);
        }
        WriteLong(0);
    }

    /// <summary>Writes a map of numbers, in one block.</summary>
    public void WriteCounts(AvroCounts counts)
    {
        if (counts.Count > 0) WriteLong(counts.Count);
        foreach (KeyValuePair<Utf8Text, long> entry in counts.Entries)
        {
            WriteText(entry.Key);
            WriteLong(entry.Value);
        }
        WriteLong(0);
    }

    /// <summary>Writes bytes as they are, without a length: the header of a framing.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_span[_written..]);
        _written += bytes.Length;
    }

    private void WriteByte(byte value)
    {
        Span<byte> span = _span;
        int at = _written;
        if ((uint)at >= (uint)span.Length)
        {
            WriteNumber(value);
            return;
        }
        span[at] = value;
        _written = at + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteOther(ReadOnlySpan<byte> text)
    {
        bool valid = Utf8.IsValid(text);
        int length = valid ? text.Length : RepairedText.Length(text);
        WriteLong(length);
        Reserve(length);
        if (valid) text.CopyTo(_span[_written..]);
        else RepairedText.Write(text, _span[_written..]);
        _written += length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteNumber(ulong number)
    {
        Reserve(Varint.MaxBytes);
        _written += Varint.Write(_span[_written..], number);
    }

    private void Reserve(int bytes)
    {
        if (_span.Length - _written < bytes) Grow(bytes);
    }

    private void Grow(int bytes)
    {
        _output.Advance(_written);
        _written = 0;
        _span = _output.GetSpan(bytes);
    }
}
