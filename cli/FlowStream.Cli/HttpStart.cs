using System.Net;
using System.Net.Sockets;
using FlowStream.Queries.Http;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli;

/// <summary>Starts the HTTP endpoint of an instance, with failures in the user's words.</summary>
internal static class HttpStart
{
    /// <exception cref="CommandFailedException">The address cannot be listened on.</exception>
    public static async Task<QueryServer> RunAsync(IPEndPoint listen, ILoggerFactory loggers)
    {
        try
        {
            return await QueryServer.StartAsync(listen, loggers).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            string why = failure.InnerException?.Message ?? failure.Message;
            throw new CommandFailedException($"cannot listen on http://{listen}: {why}. Choose another address with --http.", failure);
        }
    }
}
