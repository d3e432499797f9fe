namespace FlowStream.Producers.Tests;

public sealed class ListenerAddressTests
{
    [Theory]
    [InlineData("udp://127.0.0.1:5514", "udp://127.0.0.1:5514")]
    [InlineData("tcp://[::1]:601", "tcp://[::1]:601")]
    [InlineData("tcp://localhost:0", "tcp://127.0.0.1:0")]
    public void An_address_reads_as_it_prints(string text, string printed)
    {
        Assert.True(ListenerAddress.TryParse(text, out ListenerAddress? address));
        Assert.Equal(printed, address!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:5514")]
    [InlineData("http://127.0.0.1:5514")]
    [InlineData("udp://127.0.0.1")]
    [InlineData("udp://::1")]
    [InlineData("udp://[::1]")]
    [InlineData("udp://127.0.0.1:70000")]
    [InlineData("tcp://fw1.example:514")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(ListenerAddress.TryParse(text, out _));
    }
}
