using System.Buffers;

namespace FlowStream.Broker.Topics;

/// <summary>Which names topics may have, and which are the broker's own.</summary>
internal static class TopicName
{
    /// <summary>Where group offsets are kept.</summary>
    public const string ConsumerOffsets = "__consumer_offsets";

    /// <summary>Where the state of transactions is kept.</summary>
    public const string TransactionState = "__transaction_state";

    // The directory "<topic>-<partition>" must stay within the 255 bytes of a file name.
    private const int MaxLength = 249;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether a topic may be called so: Kafka's rule, which also makes the name safe as a directory.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name is not ("." or "..") && !name.AsSpan().ContainsAnyExcept(Legal);

    /// <summary>Whether only the broker writes to the topic.</summary>
    public static bool IsInternal(string name) => name is ConsumerOffsets or TransactionState;
}
