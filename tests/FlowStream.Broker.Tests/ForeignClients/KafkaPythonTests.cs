using System.Globalization;
using FlowStream.Testing.Broker;
using FlowStream.Testing.ForeignClients;

namespace FlowStream.Broker.Tests.ForeignClients;

public sealed class KafkaPythonTests : IAsyncLifetime
{
    private BrokerFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await BrokerFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task What_kafka_python_sends_is_what_it_reads(string compression)
    {
        const int count = 500;
        var result = await RunAsync("produce_consume.py", _fixture.Unique(compression), compression, "500");
        var values = result.Lines.Select(line => int.Parse(line.Split("value-")[1], CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, count), values.Order());
    }

    [Fact]
    public async Task The_admin_client_creates_describes_changes_and_deletes()
    {
        var result = await RunAsync("admin.py", _fixture.Unique("admin"));
        Assert.Equal(
            [
                "created=3", "retention=12345", "cleanup=delete", "twice=refused", "grown=5",
                "altered=compact", "reset=604800000", "again=refused",
            ],
            result.Lines);
    }

    private async Task<ForeignResult> RunAsync(string script, params string[] arguments)
    {
        var client = await ForeignClient.KafkaPythonAsync(script);
        return (await client.RunAsync([_fixture.Bootstrap, .. arguments])).EnsureSuccess();
    }
}
