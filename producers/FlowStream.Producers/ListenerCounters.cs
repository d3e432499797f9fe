namespace FlowStream.Producers;

/// <summary>
/// The account of one listener. For every one: received = sent to the raw topic + rejected, exactly; what the kernel dropped before it
/// could be received stands apart. Safe to read while it is written.
/// </summary>
public sealed class ListenerCounters
{
    private readonly long[] _rejected = new long[RejectReasons.Count];
    private long _received;
    private long _receivedBytes;
    private long _sent;
    private long _kernelDropped;
    private long _connections;

    /// <summary>Makes the account of the listener called <paramref name="listener"/>.</summary>
    public ListenerCounters(string listener) => Listener = listener;

    /// <summary>The listener's address, as configured.</summary>
    public string Listener { get; }

    /// <summary>Messages received, rejected ones included.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Their bytes.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <summary>Messages handed to the raw topic.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Datagrams that the kernel dropped because the receive buffer was full.</summary>
    public long KernelDropped => Interlocked.Read(ref _kernelDropped);

    /// <summary>Connections open now.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Messages rejected for <paramref name="reason"/>.</summary>
    public long Rejected(RejectReason reason) => Interlocked.Read(ref _rejected[(int)reason]);

    /// <summary>Messages rejected for any reason.</summary>
    public long RejectedTotal => Enum.GetValues<RejectReason>().Sum(Rejected);

    internal void CountSent(int bytes)
    {
        CountReceived(bytes);
        Interlocked.Increment(ref _sent);
    }

    internal void CountRejected(RejectReason reason, int bytes)
    {
        CountReceived(bytes);
        Interlocked.Increment(ref _rejected[(int)reason]);
    }

    internal void SetKernelDropped(long total) => Interlocked.Exchange(ref _kernelDropped, total);

    internal void ConnectionOpened() => Interlocked.Increment(ref _connections);

    internal void ConnectionClosed() => Interlocked.Decrement(ref _connections);

    private void CountReceived(int bytes)
    {
        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _receivedBytes, bytes);
    }
}
