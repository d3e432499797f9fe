using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

public sealed class IdleTimeTests
{
    private const long T = JoinDriver.Epoch;
    private const byte Tcp = 6, Udp = 17, Icmp = 1;

    [Theory]
    [InlineData(Tcp, false, 40)]
    [InlineData(Udp, false, 40)]
    [InlineData(Tcp, true, 40)]
    [InlineData(Udp, true, 41)]
    [InlineData(Icmp, true, 41)]
    public void A_silent_session_ends_by_its_protocol_and_what_its_device_sends(byte protocol, bool updates, int minutes) =>
        AssertEnds(new SessionOptions(), protocol, updates, minutes);

    [Fact]
    public void An_option_replaces_the_standard_times_and_that_of_a_device_wins()
    {
        var options = new SessionOptions
        {
            IdleTimeout = TimeSpan.FromMinutes(7),
            DeviceIdleTimeouts = new Dictionary<string, TimeSpan> { ["fw1"] = TimeSpan.FromMinutes(90) },
        };
        AssertEnds(options, Udp, updates: true, 90);
        var other = new Dictionary<string, TimeSpan> { ["fw2"] = TimeSpan.FromDays(1) };
        AssertEnds(options with { DeviceIdleTimeouts = other }, Tcp, updates: false, 7);
    }

    [Fact]
    public void Times_that_nothing_can_wait_for_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionOptions { IdleTimeout = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionOptions { IdleTimeout = TimeSpan.MaxValue }.Validate());
        var device = new Dictionary<string, TimeSpan> { ["fw1"] = TimeSpan.FromSeconds(-1) };
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionOptions { DeviceIdleTimeouts = device }.Validate());
    }

    // The time runs from the last message, whatever came first.
    private static void AssertEnds(SessionOptions options, byte protocol, bool updates, int minutes)
    {
        var create = new Message(EventTag.RtFlowSessionCreate, T) { Protocol = protocol };
        Message update = create with
        {
            Tag = updates ? EventTag.AppTrackSessionVolUpdate : EventTag.AppTrackSessionCreate, Time = T + 60_000,
            Elapsed = updates ? 60 : null, Totals = updates ? new Volume(1, 1, 1, 1) : null,
        };
        if (!updates) update = update with { Time = T + 100 };
        foreach (Message[] order in (Message[][])[[create, update], [update, create]])
        {
            JoinDriver driver = new(options);
            foreach (Message message in order) driver.Send(message, update.Time);
            long end = update.Time + (minutes * 60_000);
            Assert.Empty(driver.Advance(end - 1).Output.Sessions);
            Assert.Equal("timeout-inferred", Assert.Single(driver.Advance(end).Output.Sessions)["end_reason"]);
        }
    }
}
