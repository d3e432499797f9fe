using System.Globalization;
using System.Text;
using Confluent.Kafka;
using FlowStream.Parsing;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers.Kafka;

/// <summary>
/// The raw topic of a Kafka cluster: an idempotent producer with <c>acks=all</c> that retries for ever, so a record is either
/// acknowledged or refused for good and counted. Room is bounded in bytes and records.
/// </summary>
public sealed class RawTopicProducer : IRawTopic, IDisposable
{
    private readonly RawTopicOptions _options;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly ILogger _logger;
    private readonly Action<DeliveryReport<byte[], byte[]>> _onDelivery;
    private readonly Lock _roomLock = new();
    private readonly TaskCompletionSource<KafkaException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _room;
    private long _inFlightBytes;

    /// <summary>Connects; does not wait for the broker.</summary>
    /// <exception cref="ArgumentException">A property in <see cref="RawTopicOptions.Client"/> is unknown or has a bad value.</exception>
    public RawTopicProducer(RawTopicOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _onDelivery = OnDelivery;
        _producer = new ProducerBuilder<byte[], byte[]>(Configuration(options))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, line) => ProducerLog.ClientLine(logger, line.Message))
            .Build();
    }

    /// <summary>The account of deliveries.</summary>
    public DeliveryCounters Counters { get; } = new();

    /// <summary>
    /// Completes when the client has given up for good (a fatal error of the idempotent producer, such as a missing authorisation): from
    /// then on every record is refused.
    /// </summary>
    public Task<KafkaException> Failed => _failed.Task;

    private bool HasRoom =>
        Interlocked.Read(ref _inFlightBytes) < _options.MaxInFlightBytes && Counters.InFlight < _options.MaxInFlightRecords;

    /// <inheritdoc/>
    public bool TrySend(in RawMessage message)
    {
        Span<byte> key = stackalloc byte[FlowKey.MaxBytes];
        byte[] recordKey = FlowKey.TryWrite(message.Payload, key, out int written) ? key[..written].ToArray() : message.Source.Key;
        return TrySend(recordKey, message.Payload, message.Received, HeadersOf(message));
    }

    /// <summary>Takes a record whose key is known already.</summary>
    /// <param name="key">The flow key, or the sender.</param>
    /// <param name="payload">The message; copied before the call returns.</param>
    /// <param name="timestamp">Record timestamp.</param>
    /// <param name="headers">Headers, or null for none.</param>
    /// <returns>False when there is no room.</returns>
    public bool TrySend(byte[] key, ReadOnlySpan<byte> payload, DateTimeOffset timestamp, Headers? headers)
    {
        if (!HasRoom) return false;
        byte[] value = payload.ToArray();
        var record = new Message<byte[], byte[]>
        {
            Key = key,
            Value = value,
            Timestamp = new Timestamp(timestamp),
            Headers = headers,
        };
        Interlocked.Add(ref _inFlightBytes, value.Length);
        Counters.CountTaken();
        try
        {
            _producer.Produce(_options.Topic, record, _onDelivery);
        }
        catch (ProduceException<byte[], byte[]> error)
        {
            // The queue is larger than our own bounds, so what is left is a record that no broker would take.
            Refuse(value.Length, error.Error.Reason);
        }
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        Task room;
        lock (_roomLock)
        {
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
            // Whoever makes room looks for waiters without the lock. It must see this one, or this one must see the room.
            Interlocked.MemoryBarrier();
            if (HasRoom) return;
        }
        await room.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until everything taken is acknowledged or refused.</summary>
    /// <returns>How many records are still in flight when <paramref name="timeout"/> is over; 0 when all is settled.</returns>
    public long Drain(TimeSpan timeout)
    {
        _producer.Flush(timeout);
        long left = Counters.InFlight;
        if (left > 0) ProducerLog.NotDrained(_logger, left);
        return left;
    }

    /// <inheritdoc/>
    public void Dispose() => _producer.Dispose();

    private static ProducerConfig Configuration(RawTopicOptions options)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = options.Bootstrap,
            ClientId = "flowstream-producer",
            EnableIdempotence = true,
            Acks = Acks.All,
            // Never give up: a record that times out in the client would be lost although it was received.
            MessageTimeoutMs = 0,
            LingerMs = options.Linger.TotalMilliseconds,
            BatchSize = 1024 * 1024,
            QueueBufferingMaxMessages = options.MaxInFlightRecords * 2,
            QueueBufferingMaxKbytes = (int)Math.Min(options.MaxInFlightBytes * 2 / 1024, int.MaxValue),
            // The same partition for the same key as every Java client.
            Partitioner = Partitioner.Murmur2Random,
            DeliveryReportFields = "value",
        };
        foreach ((string name, string value) in options.Client) config.Set(name, value);
        return config;
    }

    private static Headers HeadersOf(in RawMessage message)
    {
        long nanoseconds = (message.Received - DateTimeOffset.UnixEpoch).Ticks * 100;
        return
        [
            new Header(RawHeaders.Source, message.Source.Sender),
            new Header(RawHeaders.Listener, message.Source.Listener),
            new Header(RawHeaders.Transport, message.Source.Transport),
            new Header(RawHeaders.Received, Encoding.ASCII.GetBytes(nanoseconds.ToString(CultureInfo.InvariantCulture))),
        ];
    }

    private void OnError(Error error)
    {
        ProducerLog.ClientError(_logger, error.Reason);
        if (error.IsFatal) _failed.TrySetResult(new KafkaException(error));
    }

    private void OnDelivery(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            Refuse(report.Message.Value.Length, report.Error.Reason);
            return;
        }
        Counters.CountAcknowledged();
        Release(report.Message.Value.Length);
    }

    private void Refuse(int bytes, string error)
    {
        Counters.CountUndeliverable();
        // A broker that refuses one refuses many: the log gets ever fewer of them, the counter all.
        if (long.IsPow2(Counters.Undeliverable)) ProducerLog.Undeliverable(_logger, Counters.Undeliverable, error);
        Release(bytes);
    }

    private void Release(int bytes)
    {
        Interlocked.Add(ref _inFlightBytes, -bytes);
        if (Volatile.Read(ref _room) is null || !HasRoom) return;
        lock (_roomLock)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }
}
