using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace FlowStream.Schemas;

/// <summary>
/// Writes the Avro binary encoding (Avro 1.11 specification, "Binary Encoding"). Call <see cref="Flush"/> when done; until then the output
/// does not have the last bytes.
/// </summary>
public ref struct AvroWriter
{
    private const int MaxVarintBytes = 10;

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
        Reserve(MaxVarintBytes);
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        while (rest >= 0x80)
        {
            _span[_written++] = (byte)(rest | 0x80);
            rest >>= 7;
        }
        _span[_written++] = (byte)rest;
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value)
    {
        Reserve(1);
        _span[_written++] = value ? (byte)1 : (byte)0;
    }

    /// <summary>Writes the branch of a union of null and one type: 0 for null, 1 for the type.</summary>
    public void WriteBranch(bool present) => WriteLong(present ? 1 : 0);

    /// <summary>Writes a string; bytes that are not UTF-8 are replaced by U+FFFD.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        // Texts are short and ASCII, nearly all of them: a few words tell.
        if (!IsAscii(text) && !Utf8.IsValid(text))
        {
            WriteRepaired(text);
            return;
        }
        WriteLong(text.Length);
        Reserve(text.Length);
        text.CopyTo(_span[_written..]);
        _written += text.Length;
    }

    /// <summary>Writes an array of strings.</summary>
    public void WriteTexts(AvroArray<Utf8Text> texts)
    {
        if (texts.Count > 0) WriteLong(texts.Count);
        foreach (Utf8Text text in texts.Items) WriteText(text.Span);
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
            WriteText(entry.Key.Span);
            WriteText(entry.Value.Span);
        }
        WriteLong(0);
    }

    /// <summary>Writes a map of numbers, in one block.</summary>
    public void WriteCounts(AvroCounts counts)
    {
        if (counts.Count > 0) WriteLong(counts.Count);
        foreach (KeyValuePair<Utf8Text, long> entry in counts.Entries)
        {
            WriteText(entry.Key.Span);
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

    private static bool IsAscii(ReadOnlySpan<byte> text)
    {
        ulong bits = 0;
        if (text.Length < sizeof(ulong))
        {
            foreach (byte b in text) bits |= b;
            return bits < 0x80;
        }
        for (int i = 0; i <= text.Length - sizeof(ulong); i += sizeof(ulong)) bits |= BinaryPrimitives.ReadUInt64LittleEndian(text[i..]);
        bits |= BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
        return (bits & 0x8080808080808080) == 0;
    }

    private void WriteRepaired(ReadOnlySpan<byte> text)
    {
        int length = RepairedText.Length(text);
        WriteLong(length);
        Reserve(length);
        _written += RepairedText.Write(text, _span[_written..]);
    }

    private void Reserve(int bytes)
    {
        if (_span.Length - _written >= bytes) return;
        _output.Advance(_written);
        _written = 0;
        _span = _output.GetSpan(bytes);
    }
}
