using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace FlowStream.Broker.Wire;

/// <summary>
/// Reads the primitive types of the Kafka protocol (kafka.apache.org/protocol, "Protocol Primitive Types") from one request.
/// <para>
/// The first error is kept and every read after it returns zero, empty or null, so that a decoder is straight-line code that looks at
/// <see cref="Failed"/> once, at its end. No length from the wire is believed before it was compared with the bytes that are there,
/// so a decoder can size its collections by <see cref="ReadArrayLength"/>.
/// </para>
/// <para>Strings, byte fields and arrays take their compact form when the request version is flexible (KIP-482).</para>
/// </summary>
internal ref struct KafkaReader
{
    /// <summary>
    /// The most elements that one array may have: a hundred times what a large client sends, and small enough that the objects made of
    /// a hostile request stay within a few times its size.
    /// </summary>
    public const int MaxArrayElements = 100_000;

    // A list grows beyond this only by elements that were really read.
    private const int InitialListCapacity = 64;

    private readonly ReadOnlySpan<byte> _data;
    private readonly bool _flexible;
    private int _position;

    /// <summary>Starts reading at the first byte of <paramref name="data"/>.</summary>
    /// <param name="data">A request, or the rest of one.</param>
    /// <param name="flexible">Whether lengths are varints and structures end in tagged fields.</param>
    public KafkaReader(ReadOnlySpan<byte> data, bool flexible)
    {
        _data = data;
        _flexible = flexible;
    }

    /// <summary>The first error met, or <see cref="WireError.None"/>.</summary>
    public WireError Error { get; private set; }

    /// <summary>Whether any read so far went wrong.</summary>
    public readonly bool Failed => Error != WireError.None;

    /// <summary>Offset of the next byte from the start of the data.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes not read yet; 0 after an error.</summary>
    public readonly int Remaining => Failed ? 0 : _data.Length - _position;

    /// <summary>One byte as a truth value: anything but zero is true.</summary>
    public bool ReadBoolean() => ReadInt8() != 0;

    /// <summary>A signed byte.</summary>
    public sbyte ReadInt8() => Take(1, out var bytes) ? (sbyte)bytes[0] : (sbyte)0;

    /// <summary>A big-endian 16-bit integer.</summary>
    public short ReadInt16() => Take(2, out var bytes) ? BinaryPrimitives.ReadInt16BigEndian(bytes) : (short)0;

    /// <summary>A big-endian 32-bit integer.</summary>
    public int ReadInt32() => Take(4, out var bytes) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;

    /// <summary>A big-endian 64-bit integer.</summary>
    public long ReadInt64() => Take(8, out var bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0;

    /// <summary>An unsigned varint of at most five bytes and at most <see cref="int.MaxValue"/>.</summary>
    public int ReadUnsignedVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (!Take(1, out var bytes))
                return 0;
            value |= (ulong)(bytes[0] & 0x7F) << shift;
            if (bytes[0] < 0x80)
                return value <= int.MaxValue ? (int)value : (int)Fail(WireError.VarintTooLong);
        }

        return (int)Fail(WireError.VarintTooLong);
    }

    /// <summary>A string that may not be null; empty after an error.</summary>
    public string ReadString()
    {
        var value = ReadNullableString();
        if (value is null)
            Fail(WireError.UnexpectedNull);
        return value ?? string.Empty;
    }

    /// <summary>A string or null. Ill-formed UTF-8 is an error: a name that was repaired could not be sent back as it came.</summary>
    public string? ReadNullableString() => ReadText(_flexible ? ReadCompactLength() : ReadInt16());

    /// <summary>A nullable string in the non-compact form, whatever the version: the client id of a request header.</summary>
    public string? ReadPlainNullableString() => ReadText(ReadInt16());

    /// <summary>A byte field that may not be null. The span is valid as long as the request is.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var range = ReadNullableBytes(out var isNull);
        if (isNull)
            Fail(WireError.UnexpectedNull);
        return _data[range];
    }

    /// <summary>A byte field that may be null, as its place in the data, so that the caller can cut it from its own memory.</summary>
    public Range ReadNullableBytes(out bool isNull)
    {
        var length = _flexible ? ReadCompactLength() : ReadInt32();
        isNull = length == -1 && !Failed;
        if (length < -1)
            Fail(WireError.NegativeLength);
        if (length <= 0 || !Take(length, out _))
            return 0..0;
        return (_position - length).._position;
    }

    /// <summary>
    /// The length of an array that may not be null.
    /// </summary>
    /// <param name="minElementBytes">The fewest bytes that one element takes on the wire; at least 1.</param>
    /// <returns>The count; 0 when that many elements cannot fit into the rest of the request, which is an error.</returns>
    public int ReadArrayLength(int minElementBytes)
    {
        var count = ReadNullableArrayLength(minElementBytes);
        return count >= 0 ? count : (int)Fail(WireError.UnexpectedNull);
    }

    /// <summary>The length of an array that may be null.</summary>
    /// <param name="minElementBytes">The fewest bytes that one element takes on the wire; at least 1.</param>
    /// <returns>The count, or -1 for null; 0 after an error.</returns>
    public int ReadNullableArrayLength(int minElementBytes)
    {
        var count = _flexible ? ReadCompactLength() : ReadInt32();
        if (Failed)
            return 0;
        if (count < -1)
            return (int)Fail(WireError.NegativeLength);
        if (count > MaxArrayElements)
            return (int)Fail(WireError.CountAboveLimit);
        return count <= Remaining / minElementBytes ? count : (int)Fail(WireError.CountBeyondRequest);
    }

    /// <summary>An array that may not be null; empty after an error.</summary>
    /// <param name="minElementBytes">The fewest bytes that one element takes on the wire; at least 1.</param>
    /// <param name="read">Reads one element.</param>
    public List<T> ReadArray<T>(int minElementBytes, ElementReader<T> read)
    {
        var array = ReadNullableArray(minElementBytes, read);
        if (array is null)
            Fail(WireError.UnexpectedNull);
        return array ?? [];
    }

    /// <summary>An array that may be null.</summary>
    /// <param name="minElementBytes">The fewest bytes that one element takes on the wire; at least 1.</param>
    /// <param name="read">Reads one element.</param>
    public List<T>? ReadNullableArray<T>(int minElementBytes, ElementReader<T> read)
    {
        var count = ReadNullableArrayLength(minElementBytes);
        if (count < 0)
            return null;
        var array = new List<T>(Math.Min(count, InitialListCapacity));
        for (; count > 0 && !Failed; count--)
            array.Add(read(ref this));
        return array;
    }

    /// <summary>An array of topics, each with a name and an array: the shape of most requests.</summary>
    /// <param name="minPartitionBytes">The fewest bytes that one element of the inner array takes on the wire; at least 1.</param>
    /// <param name="read">Reads one element of the inner array.</param>
    /// <remarks>
    /// Also reads the tagged fields that end a topic in flexible versions; those of a partition belong to <paramref name="read"/>.
    /// </remarks>
    public List<TopicPartitions<T>> ReadTopics<T>(int minPartitionBytes, ElementReader<T> read) =>
        ReadNullableTopics(minPartitionBytes, read) ?? FailWithEmpty<TopicPartitions<T>>();

    /// <summary>As <see cref="ReadTopics"/>, where null means something of its own.</summary>
    public List<TopicPartitions<T>>? ReadNullableTopics<T>(int minPartitionBytes, ElementReader<T> read)
    {
        var count = ReadNullableArrayLength(_flexible ? 3 : 6);
        if (count < 0)
            return null;
        var topics = new List<TopicPartitions<T>>(Math.Min(count, InitialListCapacity));
        for (; count > 0 && !Failed; count--)
        {
            topics.Add(new(ReadString(), ReadArray(minPartitionBytes, read)));
            SkipTags();
        }

        return topics;
    }

    /// <summary>Passes over the tagged fields that end a structure of a flexible version; reads nothing in other versions.</summary>
    public void SkipTags()
    {
        if (!_flexible)
            return;
        for (var left = ReadUnsignedVarint(); left > 0 && !Failed; left--)
        {
            ReadUnsignedVarint();
            Take(ReadUnsignedVarint(), out _);
        }
    }

    private int ReadCompactLength() => ReadUnsignedVarint() - (Failed ? 0 : 1);

    private string? ReadText(int length)
    {
        if (Failed || length == -1)
            return null;
        if (length < 0)
            Fail(WireError.NegativeLength);
        if (!Take(length, out var bytes))
            return null;
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        Fail(WireError.InvalidText);
        return null;
    }

    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        if ((uint)count > (uint)Remaining)
        {
            Fail(WireError.Truncated);
            bytes = default;
            return false;
        }

        bytes = _data.Slice(_position, count);
        _position += count;
        return !Failed;
    }

    private List<T> FailWithEmpty<T>()
    {
        Fail(WireError.UnexpectedNull);
        return [];
    }

    private long Fail(WireError error)
    {
        if (Error == WireError.None)
            Error = error;
        return 0;
    }
}
