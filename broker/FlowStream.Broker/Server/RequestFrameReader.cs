using System.Buffers;
using System.Buffers.Binary;

namespace FlowStream.Broker.Server;

/// <summary>
/// Cuts a connection's bytes into request frames (a 32-bit length, then that many bytes) without copying a request once it is received.
/// <list type="bullet">
/// <item>The bytes in <c>[_start, _end)</c> are received and not yet consumed; a frame is a slice of them.</item>
/// <item>An empty reader holds a small buffer, so that thousands of idle connections cost little.</item>
/// <item>A length claimed by the client is believed up to <see cref="TrustedBytes"/>; above, the buffer doubles as bytes really
/// come.</item>
/// </list>
/// </summary>
/// <param name="maxFrameBytes">The largest length that is accepted.</param>
internal sealed class RequestFrameReader(int maxFrameBytes) : IDisposable
{
    /// <summary>Buffer of an idle connection: most requests but Produce are smaller.</summary>
    public const int SmallBytes = 16 * 1024;

    /// <summary>How much buffer a bare claim can make us take: a usual Produce request of 1 MB fits without growing.</summary>
    public const int TrustedBytes = 1024 * 1024 + SmallBytes;

    // Key, version and correlation id: every request header has these.
    private const int MinFrameBytes = 8;

    private const int LengthBytes = sizeof(int);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private int _start;
    private int _end;

    /// <summary>The length field read last.</summary>
    public int ClaimedLength { get; private set; }

    /// <summary>The request found last, without its length field; valid until <see cref="Release"/>.</summary>
    public Memory<byte> Frame { get; private set; }

    /// <summary>Size of the buffer now held.</summary>
    public int BufferBytes => _buffer.Length;

    /// <summary>Looks for a whole frame among the received bytes.</summary>
    public FrameStatus TryTake()
    {
        if (_end - _start < LengthBytes)
            return FrameStatus.Incomplete;
        ClaimedLength = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start));
        if (ClaimedLength < MinFrameBytes || ClaimedLength > maxFrameBytes)
            return FrameStatus.BadLength;
        if (_end - _start - LengthBytes < ClaimedLength)
            return FrameStatus.Incomplete;
        Frame = _buffer.AsMemory(_start + LengthBytes, ClaimedLength);
        return FrameStatus.Complete;
    }

    /// <summary>Where to receive the next bytes; never empty.</summary>
    public Memory<byte> Free()
    {
        var held = _end - _start;
        var wanted = held < LengthBytes ? SmallBytes : Math.Max(LengthBytes + ClaimedLength, SmallBytes);
        if (_start + wanted > _buffer.Length || _end == _buffer.Length)
            Move(held, Math.Min(wanted, Math.Max(TrustedBytes, held * 2)));
        return _buffer.AsMemory(_end);
    }

    /// <summary>Notes that <paramref name="count"/> bytes were received into <see cref="Free"/>.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Consumes the frame; an emptied large buffer goes back to the pool.</summary>
    public void Release()
    {
        _start += LengthBytes + Frame.Length;
        Frame = default;
        if (_start != _end)
            return;
        _start = _end = 0;
        if (_buffer.Length <= SmallBytes)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(SmallBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Frame = default;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Bytes move to the front of the same buffer when they fit there, else into a larger one.
    private void Move(int held, int capacity)
    {
        var target = capacity <= _buffer.Length ? _buffer : ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(_start, held).CopyTo(target);
        if (target != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
        _start = 0;
        _end = held;
    }
}
