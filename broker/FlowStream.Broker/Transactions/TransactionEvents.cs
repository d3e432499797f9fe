using System.Diagnostics.Metrics;
using FlowStream.Broker.Server;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Transactions;

/// <summary>The transaction coordinator's events: each method writes the log line and raises the counter of one kind of event.</summary>
internal sealed class TransactionEvents : IDisposable
{
    private readonly ILogger _log;
    private readonly Meter _meter = new(BrokerEvents.MeterName);
    private readonly Counter<long> _storageFailures;
    private readonly Counter<long> _timedOut;
    private readonly Counter<long> _ended;

    /// <summary>Creates the counters.</summary>
    /// <param name="log">Where the lines go.</param>
    public TransactionEvents(ILogger log)
    {
        _log = log;
        _storageFailures = _meter.CreateCounter<long>(
            "flowstream.broker.transactions.storage_failures", description: "Transaction state or markers that could not be stored.");
        _timedOut = _meter.CreateCounter<long>(
            "flowstream.broker.transactions.timed_out", description: "Transactions aborted for taking too long.");
        _ended = _meter.CreateCounter<long>("flowstream.broker.transactions.ended", description: "Transactions that ended, by outcome.");
    }

    /// <summary>State or a marker could not be written; the client is told to try again.</summary>
    public void StorageFailed(string transactionalId, Exception error)
    {
        _storageFailures.Add(1);
        _log.LogError(error, "Storing the state of transactional id {TransactionalId} failed", transactionalId);
    }

    /// <summary>A producer did not end its transaction in time; it is fenced.</summary>
    public void TimedOut(TransactionMetadata metadata)
    {
        _timedOut.Add(1);
        _log.LogInformation(
            "Aborting the transaction of {TransactionalId}: open for longer than {TimeoutMs} ms",
            metadata.TransactionalId, metadata.TimeoutMs);
    }

    /// <summary>Every partition of a transaction has its marker.</summary>
    public void Ended(TransactionMetadata metadata)
    {
        var outcome = metadata.State == TransactionState.CompleteCommit ? "commit" : "abort";
        _ended.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _log.LogDebug("Transaction of {TransactionalId} ended: {Outcome}", metadata.TransactionalId, outcome);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
