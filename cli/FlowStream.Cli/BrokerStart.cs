using System.Net;
using System.Net.Sockets;
using FlowStream.Broker;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli;

/// <summary>Starts the embedded broker, with failures in the user's words.</summary>
internal static class BrokerStart
{
    /// <exception cref="CommandFailedException">The port or the directory cannot be used.</exception>
    public static async Task<EmbeddedBroker> RunAsync(IPEndPoint listen, string data, ILoggerFactory loggers)
    {
        var options = new BrokerOptions
        {
            Listen = new HostPort(listen.Address.ToString(), listen.Port),
            DataDirectory = data,
            // One process starts its members together; the full wait of a large cluster would only delay the first record.
            GroupInitialRebalanceDelay = TimeSpan.FromMilliseconds(500),
        };
        try
        {
            return await EmbeddedBroker.StartAsync(options, TimeProvider.System, loggers).ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            throw new CommandFailedException($"cannot listen on {listen}: {failure.Message}. Choose another port.", failure);
        }
    }
}
