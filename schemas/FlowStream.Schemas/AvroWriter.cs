using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace FlowStream.Schemas;

/// <summary>
/// Writes the Avro binary encoding (Avro 1.11 specification, "Binary Encoding"). Call <see cref="Flush"/> when done; until then the output
/// does not have the last bytes.
/// </summary>
public ref struct AvroWriter
{
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
        if (number < 0x80 && (uint)_written < (uint)_span.Length) _span[_written++] = (byte)number;
        else WriteNumber(number);
    }

    /// <summary>Writes a union of null and an int or a long.</summary>
    public void WriteLong(long? value)
    {
        WriteBranch(value is not null);
        if (value is { } present) WriteLong(present);
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value)
    {
        Reserve(1);
        _span[_written++] = value ? (byte)1 : (byte)0;
    }

    /// <summary>Writes a union of null and a boolean.</summary>
    public void WriteBoolean(bool? value)
    {
        WriteBranch(value is not null);
        if (value is { } present) WriteBoolean(present);
    }

    /// <summary>Writes a string; bytes that are not UTF-8 are replaced by U+FFFD.</summary>
    // One copy of it for all fields: a record has dozens of texts, and each copy would want a frame of its own in the record's method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteText(in Utf8Text value)
    {
        ReadOnlySpan<byte> text = value.Span;
        Span<byte> room = _span[_written..];
        // Nearly all texts are short and ASCII, which the copy tells.
        if (text.Length < ShortText && text.Length < room.Length)
        {
            room[0] = (byte)(text.Length << 1);
            if (AsciiText.Copy(text, room[1..]))
            {
                _written += 1 + text.Length;
                return;
            }
        }
        WriteOther(text);
    }

    /// <summary>Writes a union of null and a string.</summary>
    public void WriteText(in Utf8Text? value)
    {
        WriteBranch(value.HasValue);
        if (value.HasValue) WriteText(in Nullable.GetValueRefOrDefaultRef(in value));
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

    // The index of the branch as a long: null is the first of the two.
    private void WriteBranch(bool present)
    {
        Reserve(1);
        _span[_written++] = present ? (byte)(1 << 1) : (byte)0;
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
