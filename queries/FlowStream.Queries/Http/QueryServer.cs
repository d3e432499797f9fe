using System.Net;
using FlowStream.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowStream.Queries.Http;

/// <summary>
/// The HTTP endpoint of an instance, on Kestrel. It listens from its start, so that a port in use is known before anything else runs, and
/// answers once it is told from what. It asks for no password: whoever reaches the address sees the sessions.
/// </summary>
public sealed class QueryServer : IAsyncDisposable
{
    // People, dashboards and the command; what comes beyond waits in the system's queue.
    private const int MaxConnections = 64;

    // Every filter at its longest fits.
    private const int MaxRequestLineBytes = 8192;

    private readonly WebApplication _application;
    private readonly QueryHandler _handler;

    private QueryServer(WebApplication application, QueryHandler handler, IPEndPoint endpoint)
    {
        _application = application;
        _handler = handler;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="listen">Where; port 0 takes a free one.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="time">Measures how long answers take; null for the system's clock.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be listened on.</exception>
    public static async Task<QueryServer> StartAsync(IPEndPoint listen, ILoggerFactory loggers, TimeProvider? time = null)
    {
        // Empty: the working directory's appsettings.json and the environment's ASPNETCORE_ variables are not this server's.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(listen);
        });
        WebApplication application = builder.Build();
        var handler = new QueryHandler(listen, time ?? TimeProvider.System, loggers.CreateLogger<QueryServer>());
        application.Run(handler.HandleAsync);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return new QueryServer(application, handler, new IPEndPoint(listen.Address, BindingAddress.Parse(application.Urls.Single()).Port));
    }

    /// <summary>Answers from <paramref name="state"/> from now on.</summary>
    public void Serve(IQueryableState state) => _handler.Serve(state);

    /// <summary>Stops to listen; answers on their way are cut off after a second.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
