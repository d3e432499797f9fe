using System.Net.Sockets;
using FlowStream.Producers.Framing;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers.Listeners;

/// <summary>
/// One stream of messages. While there is no room for a message it does not read, so the sender is slowed down by TCP itself.
/// </summary>
internal sealed class TcpSyslogConnection
{
    private readonly Socket _socket;
    private readonly ListenerCounters _counters;
    private readonly IRawTopic _topic;
    private readonly ProducerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SyslogFramer _framer;
    private readonly RawSource _source;
    private readonly string _peer;
    private readonly byte[] _buffer;
    private CancellationToken _abandoned;
    private int _start;
    private int _end;

    public TcpSyslogConnection(
        Socket socket, ListenerCounters counters, IRawTopic topic, ProducerOptions options, TimeProvider clock, ILogger logger)
    {
        _socket = socket;
        _counters = counters;
        _topic = topic;
        _options = options;
        _clock = clock;
        _logger = logger;
        _framer = new SyslogFramer(options.MaxMessageBytes);
        _buffer = new byte[_framer.BufferBytes];
        _peer = socket.RemoteEndPoint?.ToString() ?? "unknown";
        _source = new RawSource(_peer, counters.Listener, ListenerTransport.Tcp.Scheme());
    }

    /// <summary>Runs until the sender closes or falls silent, or it is to stop; then takes what had arrived by then.</summary>
    /// <param name="stopping">No more is to be read.</param>
    /// <param name="abandoned">The time to find room for what was read is over.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        _abandoned = abandoned;
        try
        {
            while (await ReadAsync(stopping).ConfigureAwait(false) && await TakeFramesAsync().ConfigureAwait(false))
            {
            }
            if (stopping.IsCancellationRequested) await TakeArrivedAsync().ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            ProducerLog.ConnectionBroken(_logger, _peer, error.SocketErrorCode);
        }
        await TakeRestAsync().ConfigureAwait(false);
    }

    // What the kernel had already taken from the sender when the end came; at most one receive buffer of it, so this ends.
    private async Task TakeArrivedAsync()
    {
        for (int left = _socket.ReceiveBufferSize; left > 0 && _socket.Available > 0;)
        {
            MakeRoom();
            int read = _socket.Receive(_buffer.AsSpan(_end), SocketFlags.None);
            if (read == 0) return;
            left -= read;
            _end += read;
            if (!await TakeFramesAsync().ConfigureAwait(false)) return;
        }
    }

    private async Task<bool> ReadAsync(CancellationToken stopping)
    {
        TimeSpan patience = _start == _end ? _options.IdleTimeout : _options.UnfinishedFrameTimeout;
        MakeRoom();
        using var silent = new CancellationTokenSource(patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, silent.Token);
        try
        {
            int read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, either.Token).ConfigureAwait(false);
            _end += read;
            return read > 0;
        }
        catch (OperationCanceledException)
        {
            if (!stopping.IsCancellationRequested) ProducerLog.ConnectionSilent(_logger, _peer, patience);
            return false;
        }
    }

    private void MakeRoom()
    {
        if (_start == 0) return;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
    }

    private async Task<bool> TakeFramesAsync()
    {
        while (true)
        {
            FrameResult frame = _framer.Next(_buffer.AsSpan(_start, _end - _start));
            if (frame.Status == FrameStatus.Incomplete) return true;
            await TakeAsync(frame).ConfigureAwait(false);
            if (frame.Status == FrameStatus.Lost) return false;
        }
    }

    private async Task TakeRestAsync()
    {
        while (true)
        {
            FrameResult rest = _framer.End(_buffer.AsSpan(_start, _end - _start));
            if (rest.Status == FrameStatus.Incomplete) return;
            await TakeAsync(rest).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAsync(FrameResult frame)
    {
        if (frame.Status == FrameStatus.Frame)
        {
            if (await SendAsync(frame).ConfigureAwait(false)) _counters.CountSent(frame.Length);
            else _counters.CountRejected(RejectReason.NotDrained, frame.Consumed);
        }
        else if (frame.Status is FrameStatus.Rejected or FrameStatus.Lost)
        {
            _counters.CountRejected(frame.Reason, frame.Consumed);
            ProducerLog.FrameRejected(_logger, _peer, frame.Reason, frame.Consumed);
        }
        _start += frame.Consumed;
    }

    // Not cancelled when the end of the process begins: the sender takes what was read from it for received. The drain timeout bounds it.
    private async ValueTask<bool> SendAsync(FrameResult frame)
    {
        while (!TrySend(frame))
        {
            try
            {
                await _topic.WaitForRoomAsync(_abandoned).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
        return true;
    }

    private bool TrySend(in FrameResult frame) => _topic.TrySend(new RawMessage
    {
        Payload = _buffer.AsSpan(_start + frame.Start, frame.Length),
        Received = _clock.GetUtcNow(),
        Source = _source,
    });
}
