using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Transactions;

/// <summary>What a request does to a transactional id.</summary>
/// <param name="Error">Why it is refused, or none.</param>
/// <param name="Next">The new state to store, or null when nothing changes.</param>
internal readonly record struct TransactionChange(ErrorCode Error, TransactionMetadata? Next)
{
    /// <summary>Accepted, and nothing changes: a repeated request.</summary>
    public static TransactionChange Nothing => new(ErrorCode.None, null);

    /// <summary>Refused.</summary>
    public static TransactionChange Refuse(ErrorCode error) => new(error, null);

    /// <summary>Accepted.</summary>
    public static TransactionChange To(TransactionMetadata next) => new(ErrorCode.None, next);
}
