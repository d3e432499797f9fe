using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FlowStream.Broker.Wire;

/// <summary>
/// Writes the primitive types of the Kafka protocol into one pooled buffer that grows as needed and is used again for the next response.
/// <para>What <see cref="Written"/>, <see cref="GetMemory"/> and <see cref="GetSpan"/> return is valid until the next write.</para>
/// </summary>
internal sealed class KafkaWriter : IBufferWriter<byte>, IDisposable
{
    /// <summary>A buffer above this size goes back to the pool after its response: an idle connection should hold little memory.</summary>
    public const int RetainedBytes = 64 * 1024;

    private const int InitialBytes = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int _position;

    /// <summary>Whether strings and arrays are written in compact form and structures end in an (empty) tag buffer (KIP-482).</summary>
    public bool Flexible { get; set; }

    /// <summary>Bytes written so far.</summary>
    public int Length => _position;

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _position);

    /// <summary>Forgets what was written; keeps the buffer unless it grew beyond <see cref="RetainedBytes"/>.</summary>
    public void Reset()
    {
        _position = 0;
        Flexible = false;
        if (_buffer.Length <= RetainedBytes)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    }

    /// <summary>
    /// Takes back everything written from <paramref name="length"/> on. The bytes stay, for <see cref="Advance"/>, until overwritten.
    /// </summary>
    /// <param name="length">An earlier value of <see cref="Length"/>.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_position);
        _position = length;
    }

    /// <summary>One byte: 1 for true, 0 for false.</summary>
    public void WriteBoolean(bool value) => WriteInt8(value ? (sbyte)1 : (sbyte)0);

    /// <summary>A signed byte.</summary>
    public void WriteInt8(sbyte value) => Take(1)[0] = (byte)value;

    /// <summary>A big-endian 16-bit integer.</summary>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    /// <summary>An error code, as a 16-bit integer.</summary>
    public void WriteError(ErrorCode value) => WriteInt16((short)value);

    /// <summary>A big-endian 32-bit integer.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    /// <summary>A big-endian 64-bit integer.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    /// <summary>An unsigned varint, one to five bytes.</summary>
    public void WriteUnsignedVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            Take(1)[0] = (byte)(value | 0x80);
        Take(1)[0] = (byte)value;
    }

    /// <summary>A string or null, UTF-8. At most 32767 bytes where the version is not flexible.</summary>
    public void WriteString(string? value)
    {
        var bytes = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        if (Flexible)
            WriteUnsignedVarint((uint)(bytes + 1));
        else
            WriteInt16(checked((short)bytes));
        if (value is not null)
            Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    /// <summary>A byte field that is not null.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteBytesLength(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>The length of a byte field whose bytes the caller writes next; -1 for null.</summary>
    public void WriteBytesLength(int length) => WriteArrayLength(length);

    /// <summary>The length of an array; -1 for null.</summary>
    public void WriteArrayLength(int count)
    {
        if (Flexible)
            WriteUnsignedVarint((uint)(count + 1));
        else
            WriteInt32(count);
    }

    /// <summary>
    /// The answer to what <see cref="KafkaReader.ReadTopics"/> read, in a version that is not flexible: the same topics and partitions in
    /// the same order.
    /// </summary>
    /// <param name="topics">What was asked.</param>
    /// <param name="writePartition">Writes the answer for one partition of the named topic.</param>
    public void WriteTopics<T>(List<TopicPartitions<T>> topics, Action<string, T> writePartition)
    {
        WriteArrayLength(topics.Count);
        foreach (var (name, partitions) in topics)
        {
            WriteString(name);
            WriteArrayLength(partitions.Count);
            foreach (var partition in partitions)
                writePartition(name, partition);
        }
    }

    /// <summary>An array of 32-bit integers.</summary>
    public void WriteInt32Array(ReadOnlySpan<int> values)
    {
        WriteArrayLength(values.Length);
        foreach (var value in values)
            WriteInt32(value);
    }

    /// <summary>The end of a structure: one zero byte in flexible versions, nothing in others.</summary>
    /// <remarks>Never a tag: librdkafka 2.0.2 passes over one byte too few of each.</remarks>
    public void WriteTags()
    {
        if (Flexible)
            WriteInt8(0);
    }

    /// <summary>Room for a 32-bit integer that is known later.</summary>
    /// <returns>Where it is, for <see cref="PatchInt32"/>.</returns>
    public int ReserveInt32()
    {
        Take(4);
        return _position - 4;
    }

    /// <summary>Fills in an integer at a place that <see cref="ReserveInt32"/> gave.</summary>
    public void PatchInt32(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(position, 4), value);

    /// <summary>At least <paramref name="sizeHint"/> bytes to write into; <see cref="Advance"/> keeps what was used.</summary>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _buffer.AsMemory(_position);
    }

    /// <summary>At least <paramref name="sizeHint"/> bytes to write into; <see cref="Advance"/> keeps what was used.</summary>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _buffer.AsSpan(_position);
    }

    /// <summary>Keeps the next <paramref name="count"/> bytes of what <see cref="GetMemory"/> or <see cref="GetSpan"/> gave.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _position));
        _position += count;
    }

    /// <summary>Moves everything from a place on further back.</summary>
    /// <param name="position">The place, at most <see cref="Length"/>.</param>
    /// <param name="count">By how many bytes; what they hold is undefined.</param>
    public void InsertGap(int position, int count)
    {
        if (count == 0)
            return;
        Take(count);
        _buffer.AsSpan(position, _position - count - position).CopyTo(_buffer.AsSpan(position + count));
    }

    /// <summary>Gives the buffer back; the writer must not be used after it.</summary>
    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _position = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private Span<byte> Take(int count)
    {
        Reserve(count);
        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    private void Reserve(int count)
    {
        if (count > _buffer.Length - _position)
            Grow(count);
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_position + count), (int)Math.Min(Array.MaxLength, _buffer.Length * 2L)));
        _buffer.AsSpan(0, _position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
