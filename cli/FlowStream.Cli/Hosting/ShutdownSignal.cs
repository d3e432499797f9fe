using System.Runtime.InteropServices;

namespace FlowStream.Cli.Hosting;

/// <summary>
/// Turns SIGTERM, SIGINT and SIGQUIT into a cancellation, so that a stop drains instead of cutting off. A second signal ends the process
/// at once, for people who do not want to wait.
/// </summary>
internal sealed class ShutdownSignal : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;

    public ShutdownSignal() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
    ];

    public CancellationToken Token => _stopping.Token;

    /// <summary>Completes when the process is told to stop.</summary>
    public async Task WaitAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = Token.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stopping.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_stopping.IsCancellationRequested) return;
        context.Cancel = true;
        _stopping.Cancel();
    }
}
