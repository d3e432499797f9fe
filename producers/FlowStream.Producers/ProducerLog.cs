using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers;

/// <summary>The log lines of the producer service; ids 1000 to 1099.</summary>
internal static partial class ProducerLog
{
    [LoggerMessage(1000, LogLevel.Information,
        "Listening for syslog on udp {Endpoint}; receive buffer asked {AskedBytes}, granted {GrantedBytes} bytes")]
    public static partial void UdpListening(ILogger logger, IPEndPoint endpoint, int askedBytes, int grantedBytes);

    [LoggerMessage(1001, LogLevel.Information, "Listening for syslog on tcp {Endpoint}")]
    public static partial void TcpListening(ILogger logger, IPEndPoint endpoint);

    [LoggerMessage(1002, LogLevel.Warning,
        "Refused {Connections} connections so far: {Limit} are open, the most that are allowed; the latest came from {Peer}")]
    public static partial void ConnectionRefused(ILogger logger, long connections, int limit, EndPoint? peer);

    [LoggerMessage(1003, LogLevel.Information, "Closed the connection from {Peer}: silent for {Patience}")]
    public static partial void ConnectionSilent(ILogger logger, string peer, TimeSpan patience);

    [LoggerMessage(1004, LogLevel.Information, "The connection from {Peer} broke: {Error}")]
    public static partial void ConnectionBroken(ILogger logger, string peer, SocketError error);

    [LoggerMessage(1005, LogLevel.Debug, "Rejected {Bytes} bytes from {Peer}: {Reason}")]
    public static partial void FrameRejected(ILogger logger, string peer, RejectReason reason, int bytes);

    [LoggerMessage(1006, LogLevel.Error, "{Records} records were refused for good; the latest: {Error}")]
    public static partial void Undeliverable(ILogger logger, long records, string error);

    [LoggerMessage(1007, LogLevel.Warning, "Kafka client: {Error}")]
    public static partial void ClientError(ILogger logger, string error);

    [LoggerMessage(1008, LogLevel.Error, "{Records} records were not acknowledged when the time to drain was over")]
    public static partial void NotDrained(ILogger logger, long records);

    [LoggerMessage(1010, LogLevel.Warning, "{Listener}: a connection could not be accepted: {Error}; trying again")]
    public static partial void AcceptFailed(ILogger logger, string listener, SocketError error);

    [LoggerMessage(1011, LogLevel.Warning, "{Listener}: receiving failed: {Error}; trying again")]
    public static partial void ReceiveFailed(ILogger logger, string listener, SocketError error);

    [LoggerMessage(1009, LogLevel.Debug, "librdkafka: {Line}")]
    public static partial void ClientLine(ILogger logger, string line);
}
