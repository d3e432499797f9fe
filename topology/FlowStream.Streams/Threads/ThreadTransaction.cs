using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Threads;

/// <summary>The thread's producer and its open transaction, if any. Begins lazily, so a thread without work opens none.</summary>
internal sealed class ThreadTransaction : IDisposable
{
    // A retriable error says that the broker was asked too early; three times covers one coordinator move, more is a fault.
    private const int Attempts = 3;

    private readonly IKafkaClient _client;
    private readonly string _transactionalId;
    private ITransactionalProducer? _producer;

    public ThreadTransaction(IKafkaClient client, string transactionalId)
    {
        _client = client;
        _transactionalId = transactionalId;
    }

    /// <summary>Whether records were sent that are not committed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Makes and initialises the producer when there is none, which fences every earlier one and ends what it left open.</summary>
    public void EnsureProducer()
    {
        if (_producer is not null) return;
        var producer = _client.CreateProducer(_transactionalId);
        try
        {
            Try(producer, static (p, _) => p.InitTransactions(), 0);
            _producer = producer;
        }
        finally
        {
            if (_producer is null) producer.Dispose();
        }
    }

    /// <summary>The producer, with a transaction open.</summary>
    public ITransactionalProducer Ensure()
    {
        if (IsOpen) return _producer!;
        if (_producer is { IsSuspect: true }) Discard();
        EnsureProducer();
        _producer!.Begin();
        IsOpen = true;
        return _producer;
    }

    /// <summary>Commits with the input positions. Any exception means that the work may or may not be committed.</summary>
    public void Commit(IInputConsumer consumer, IReadOnlyList<PartitionOffset> offsets)
    {
        var producer = Ensure();
        Try(producer, static (p, work) => p.SendOffsets(work.consumer, work.offsets), (consumer, offsets));
        Try(producer, static (p, _) => p.Commit(), 0);
        IsOpen = false;
    }

    /// <summary>Throws the producer away, and with it what is not committed: the next producer's InitTransactions aborts it.</summary>
    public void Discard()
    {
        _producer?.Dispose();
        _producer = null;
        IsOpen = false;
    }

    public void Dispose() => Discard();

    private static void Try<T>(ITransactionalProducer producer, Action<ITransactionalProducer, T> call, T argument)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                call(producer, argument);
                return;
            }
            catch (KafkaClientException e) when (e.Failure == ClientFailure.Retriable)
            {
                if (attempt == Attempts) throw new KafkaClientException(ClientFailure.TransactionLost, e.Message, e);
            }
        }
    }
}
