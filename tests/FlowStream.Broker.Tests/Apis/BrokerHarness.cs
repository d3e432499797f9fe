using FlowStream.Broker.Apis;
using FlowStream.Broker.Control;
using FlowStream.Broker.Server;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>The broker without sockets: requests go straight to the dispatcher, over real logs in a temporary directory.</summary>
internal sealed class BrokerHarness : IDisposable
{
    private const int CorrelationId = 7;

    private readonly BrokerEvents _events;
    private readonly RequestDispatcher _dispatcher;
    private readonly RequestContext _context;

    private readonly Coordinators? _coordinators;

    public BrokerHarness(Func<BrokerOptions, BrokerOptions>? configure = null, bool withCoordinators = false)
    {
        var options = new BrokerOptions { DataDirectory = Directory.CreateTempSubdirectory("flowstream-apis-").FullName };
        Options = configure?.Invoke(options) ?? options;
        Topics = TopicStore.Open(Options, Clock, Loggers);
        TopicApis.AddTo(Registry, Topics, Transactions, Options, Clock);
        if (withCoordinators)
        {
            _coordinators = Coordinators.Open(Options, Topics, Clock, Loggers);
            CoordinatorApis.AddTo(Registry, Topics, _coordinators.Groups, _coordinators.Transactions, Options);
        }

        _events = new BrokerEvents(Loggers.CreateLogger<BrokerEvents>());
        _dispatcher = new RequestDispatcher(Registry, Control, _events);
        _context = new RequestContext("/192.0.2.1", Closing.Token) { Response = new KafkaWriter(), Advertised = new("192.0.2.9", 9092) };
    }

    public BrokerOptions Options { get; }

    public FakeTimeProvider Clock { get; } = new();

    public TestLoggerFactory Loggers { get; } = new();

    public TopicStore Topics { get; }

    public ApiRegistry Registry { get; } = new();

    public BrokerControl Control { get; } = new();

    public SetGate Transactions { get; } = new();

    public CancellationTokenSource Closing { get; } = new();

    /// <summary>Dispatches a whole frame, header included.</summary>
    public ValueTask<DispatchOutcome> DispatchAsync(byte[] frame) => _dispatcher.DispatchAsync(_context, frame);

    /// <summary>Sends a request and returns the body of its response.</summary>
    public async Task<byte[]> AskAsync(ApiKey key, short version, Action<KafkaWriter> body)
    {
        var outcome = await DispatchAsync(Frame(key, version, body));
        Assert.Equal(DispatchOutcome.Send, outcome);
        var response = Response();
        var header = new KafkaReader(response, Flexible(key, version));
        Assert.Equal(response.Length - 4, header.ReadInt32());
        Assert.Equal(CorrelationId, header.ReadInt32());
        if (key != ApiKey.ApiVersions)
            header.SkipTags();
        Assert.False(header.Failed);
        return response[header.Position..];
    }

    /// <summary>The response frame of the last request, length field included.</summary>
    public byte[] Response() => _context.Response.Written.ToArray();

    /// <summary>A request frame.</summary>
    public byte[] Frame(ApiKey key, short version, Action<KafkaWriter> body)
    {
        using var writer = new KafkaWriter();
        writer.WriteInt16((short)key);
        writer.WriteInt16(version);
        writer.WriteInt32(CorrelationId);
        writer.WriteString("test");
        writer.Flexible = Flexible(key, version);
        writer.WriteTags();
        body(writer);
        return writer.Written.ToArray();
    }

    public void Dispose()
    {
        _coordinators?.Dispose();
        Topics.Dispose();
        _events.Dispose();
        _context.Response.Dispose();
        Closing.Dispose();
        Loggers.Dispose();
        Directory.Delete(Options.DataDirectory, recursive: true);
    }

    private bool Flexible(ApiKey key, short version) => Registry.Find(key)?.Versions.IsFlexible(version) ?? false;
}
