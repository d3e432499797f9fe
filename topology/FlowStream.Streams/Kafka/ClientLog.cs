using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams.Kafka;

/// <summary>Puts librdkafka's log lines and errors into ours.</summary>
internal static class ClientLog
{
    public static void Write(ILogger logger, LogMessage message)
    {
        var level = message.Level switch
        {
            SyslogLevel.Emergency or SyslogLevel.Alert or SyslogLevel.Critical => LogLevel.Critical,
            SyslogLevel.Error => LogLevel.Error,
            SyslogLevel.Warning => LogLevel.Warning,
            SyslogLevel.Debug => LogLevel.Debug,
            _ => LogLevel.Information,
        };
        logger.Log(level, "{Client} {Facility}: {Message}", message.Name, message.Facility, message.Message);
    }

    public static void Write(ILogger logger, Error error) =>
        logger.Log(error.IsFatal ? LogLevel.Error : LogLevel.Warning, "Kafka client: {Code} ({Reason})", error.Code, error.Reason);
}
