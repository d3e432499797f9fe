using System.Globalization;
using FlowStream.Broker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Testing.Broker;

/// <summary>
/// The broker a test talks to: an embedded one of its own, in this process, on a free port and in a temporary directory; or the Kafka that
/// <see cref="ExternalVariable"/> names.
/// </summary>
public sealed class BrokerFixture : IAsyncDisposable
{
    /// <summary>The environment variable with the <c>host:port</c> of a Kafka to use instead.</summary>
    public const string ExternalVariable = "FLOWSTREAM_TEST_KAFKA";

    private readonly BrokerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;
    private readonly string _prefix;
    private EmbeddedBroker? _broker;
    private int _stoppedPort;

    private BrokerFixture(BrokerOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        _options = options;
        _clock = clock;
        _loggers = loggers;
        _prefix = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture)[..8];
    }

    /// <summary>Whether tests run against a Kafka outside, which must not be stopped, hooked or looked into.</summary>
    public static bool IsExternal => ExternalAddress is not null;

    /// <summary>What clients bootstrap from.</summary>
    public string Bootstrap => ExternalAddress ?? Broker.Endpoint.ToString();

    /// <summary>The embedded broker.</summary>
    /// <exception cref="InvalidOperationException">The test runs against a Kafka outside, or the broker is stopped.</exception>
    public EmbeddedBroker Broker =>
        _broker ?? throw new InvalidOperationException(IsExternal ? $"there is no embedded broker: {ExternalVariable} is set" : "stopped");

    /// <summary>Where the embedded broker stores.</summary>
    public string DataDirectory => _options.DataDirectory;

    private static string? ExternalAddress =>
        Environment.GetEnvironmentVariable(ExternalVariable) is { Length: > 0 } address ? address : null;

    /// <summary>Starts a broker, or finds the one outside.</summary>
    /// <param name="configure">Changes the options of an embedded broker; null for those that suit tests.</param>
    /// <param name="clock">The embedded broker's clock; null for the system's.</param>
    /// <param name="loggers">Where an embedded broker reports; null for nowhere.</param>
    /// <returns>The fixture; disposing it stops the broker and deletes its data.</returns>
    public static async Task<BrokerFixture> StartAsync(
        Func<BrokerOptions, BrokerOptions>? configure = null, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        var options = new BrokerOptions
        {
            DataDirectory = Directory.CreateTempSubdirectory("flowstream-broker-").FullName,
            Listen = new HostPort("127.0.0.1", 0),
            GroupInitialRebalanceDelay = TimeSpan.Zero,
        };
        var fixture = new BrokerFixture(
            configure?.Invoke(options) ?? options, clock ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        if (!IsExternal)
            await fixture.StartBrokerAsync(fixture._options).ConfigureAwait(false);
        return fixture;
    }

    /// <summary>A name that no other test uses, on this broker or on a shared one.</summary>
    /// <param name="name">What the topic, group or transactional id is for.</param>
    public string Unique(string name) => $"{name}-{_prefix}";

    /// <summary>Stops the embedded broker, in order; its data and its port stay.</summary>
    public async Task StopAsync()
    {
        var broker = Broker;
        var port = broker.Endpoint.Port;
        _broker = null;
        await broker.DisposeAsync().ConfigureAwait(false);
        _stoppedPort = port;
    }

    /// <summary>Stops the embedded broker and starts it again on the same data and port.</summary>
    public async Task RestartAsync()
    {
        if (_broker is not null)
            await StopAsync().ConfigureAwait(false);
        await StartBrokerAsync(_options with { Listen = new HostPort(_options.Listen.Host, _stoppedPort) }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await StopAsync().ConfigureAwait(false);
        if (Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task StartBrokerAsync(BrokerOptions options) =>
        _broker = await EmbeddedBroker.StartAsync(options, _clock, _loggers).ConfigureAwait(false);
}
