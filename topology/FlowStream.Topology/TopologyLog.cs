using Microsoft.Extensions.Logging;

namespace FlowStream.Topology;

/// <summary>The log lines of the stages; ids 3000 to 3099.</summary>
internal static partial class TopologyLog
{
    [LoggerMessage(3000, LogLevel.Warning, "{Topic}/{Partition}: {Messages} dead-lettered as {Reason}, one at {Example}")]
    public static partial void DeadLettered(ILogger logger, string topic, int partition, long messages, string reason, string example);

    [LoggerMessage(3001, LogLevel.Warning, "Bandwidth task {Partition}: {Folded} sums went to other: too many keys")]
    public static partial void Folded(ILogger logger, int partition, long folded);

    [LoggerMessage(3002, LogLevel.Warning, "A device ends sessions for {Reason}, which is not listed: taken as unknown")]
    public static partial void UnlistedReason(ILogger logger, string reason);

    [LoggerMessage(3003, LogLevel.Warning, "More than {Texts} unlisted end reasons: further ones are counted and not shown")]
    public static partial void UnlistedRest(ILogger logger, int texts);
}
