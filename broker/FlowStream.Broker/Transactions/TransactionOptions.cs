namespace FlowStream.Broker.Transactions;

/// <summary>Limits and times of the transaction coordinator. The names are those of Kafka's broker settings where one exists.</summary>
public sealed record TransactionOptions
{
    /// <summary>The longest transactional id in bytes of UTF-8.</summary>
    public const int MaxTransactionalIdBytes = 1024;

    /// <summary>Most transactional ids held at once; one per stage thread is normal, 10 000 far above one machine's use.</summary>
    public int MaxTransactionalIds { get; init; } = 10_000;

    /// <summary>
    /// Longest timeout that a producer may ask for (<c>transaction.max.timeout.ms</c>): consumers wait as long behind a dead producer.
    /// </summary>
    public TimeSpan MaxTransactionTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an unused transactional id is remembered (<c>transactional.id.expiration.ms</c>).</summary>
    public TimeSpan TransactionalIdExpiration { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How often transactions over their time, unfinished ones and unused ids are looked for. Kafka takes 10 s; with few ids on one
    /// machine a look each second costs nothing and ends a dead producer's transaction sooner.
    /// </summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);
}
