using Microsoft.Extensions.Hosting;

namespace FlowStream.Queries.Http;

/// <summary>Signals are the command's business, not the web host's.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
