using System.Globalization;
using FlowStream.Broker;
using Microsoft.Extensions.Logging.Abstractions;

// usage: FlowStream.Broker.Host DATA PORT: serves until it is killed or its standard input ends.
var options = new BrokerOptions
{
    DataDirectory = args[0],
    Listen = new HostPort("127.0.0.1", int.Parse(args[1], CultureInfo.InvariantCulture)),
    GroupInitialRebalanceDelay = TimeSpan.Zero,
};
await using var broker = await EmbeddedBroker.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance);
Console.WriteLine($"listening {broker.Endpoint}");
// Also ends when whoever started it is gone, so that a failed test leaves nothing behind.
await Console.In.ReadToEndAsync();
