using System.Globalization;
using FlowStream.Testing.ForeignClients;

namespace FlowStream.Testing.Broker;

/// <summary>
/// A broker in a process of its own, which a test may kill with -9 and start again on the same data and port. Which program that is the
/// caller says: the small host beside the tests, or the <c>flowstream broker</c> command.
/// </summary>
public sealed class BrokerProcess : IAsyncDisposable
{
    private readonly Func<string, int, ForeignClient> _program;
    private readonly Func<string, bool> _isListening;
    private readonly int _port;
    private RunningClient? _running;

    private BrokerProcess(Func<string, int, ForeignClient> program, Func<string, bool> isListening, int port)
    {
        _program = program;
        _isListening = isListening;
        _port = port;
    }

    /// <summary>What clients bootstrap from; stays the same over restarts.</summary>
    public string Bootstrap => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Where the broker stores.</summary>
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("flowstream-broker-").FullName;

    /// <summary>Starts a broker.</summary>
    /// <param name="program">The program with its arguments, from a data directory and a port on 127.0.0.1.</param>
    /// <param name="isListening">Whether a line that it prints says that it listens.</param>
    /// <returns>The running broker; disposing it kills it and deletes its data.</returns>
    public static async Task<BrokerProcess> StartAsync(Func<string, int, ForeignClient> program, Func<string, bool> isListening)
    {
        var broker = new BrokerProcess(program, isListening, FreePort.Find());
        await broker.StartAsync().ConfigureAwait(false);
        return broker;
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>; returns when it listens.</summary>
    public async Task StartAsync()
    {
        _running = _program(DataDirectory, _port).Launch();
        await _running.WaitForLineAsync(_isListening).ConfigureAwait(false);
    }

    /// <summary>Ends it with SIGKILL, wherever it is.</summary>
    public async Task KillAsync()
    {
        if (_running is not null)
            await _running.DisposeAsync().ConfigureAwait(false);
        _running = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        Directory.Delete(DataDirectory, recursive: true);
    }
}
