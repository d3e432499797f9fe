using Microsoft.Extensions.Logging;

namespace FlowStream.Queries.Http;

/// <summary>What the HTTP endpoint logs.</summary>
internal static partial class QueryLog
{
    /// <summary>A fault of the endpoint's own.</summary>
    [LoggerMessage(5001, LogLevel.Error, "A request could not be answered")]
    public static partial void RequestFailed(ILogger logger, Exception failure);
}
