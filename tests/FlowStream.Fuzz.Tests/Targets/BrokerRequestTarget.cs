using FlowStream.Broker.Groups;
using FlowStream.Broker.Server;
using FlowStream.Broker.Tests.Apis;
using FlowStream.Broker.Wire;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Testing;
using Microsoft.Extensions.Logging;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>A request frame in the broker: answered, or malformed; no exception, no log line of an error.</summary>
internal sealed class BrokerRequestTarget : IFuzzTarget
{
    // Requests that were accepted leave topics, groups and log lines behind; a new broker now and then keeps that small.
    private const int RunsPerBroker = 2000;

    private BrokerHarness _broker = NewBroker();
    private int _runs;

    public BrokerRequestTarget() => Seeds = [.. Samples(_broker)];

    public string Name => "broker-request";

    public IReadOnlyList<byte[]> Seeds { get; }

    public bool Run(byte[] input)
    {
        if (_runs++ == RunsPerBroker) Renew();
        // The connection refuses shorter frames before they come this far.
        if (input.Length < sizeof(long)) return false;
        Task<DispatchOutcome> dispatched = _broker.DispatchAsync(input).AsTask();
        Assert.True(dispatched.IsCompletedSuccessfully, dispatched.Exception?.ToString() ?? "the request waits");
        LogLine[] errors = [.. _broker.Loggers.Lines.Where(line => line.Level >= LogLevel.Error)];
        if (errors.Length > 0) Renew();
        Assert.Empty(errors);
        return dispatched.Result == DispatchOutcome.Send;
    }

    public void Dispose() => _broker.Dispose();

    private static IEnumerable<byte[]> Samples(BrokerHarness broker) =>
        from versions in broker.Registry.Handlers.Select(handler => handler.Versions)
        from version in Enumerable.Range(versions.Min, versions.Max - versions.Min + 1)
        let body = SampleRequests.Of(versions.Key, (short)version) ?? CoordinatorRequests.Of(versions.Key, (short)version)
        select broker.Frame(versions.Key, (short)version, body!);

    private static BrokerHarness NewBroker()
    {
        // Nothing waits: fetches return at once, and a group without room answers every JoinGroup.
        var broker = new BrokerHarness(
            options => options with { MaxFetchWait = TimeSpan.Zero, MaxPartitions = 16, Groups = new GroupOptions { MaxMembers = 0 } },
            withCoordinators: true);
        Assert.Equal(ErrorCode.None, broker.Topics.Create("t", partitions: 2, new Dictionary<string, string>()).Error);
        return broker;
    }

    private void Renew()
    {
        _broker.Dispose();
        _broker = NewBroker();
        _runs = 0;
    }
}
