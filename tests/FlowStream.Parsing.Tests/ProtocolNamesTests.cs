using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class ProtocolNamesTests
{
    [Theory]
    [InlineData("hopopt", 0)]
    [InlineData("icmp", 1)]
    [InlineData("tcp", 6)]
    [InlineData("TCP", 6)]
    [InlineData("udp", 17)]
    [InlineData("rsvp", 46)]
    [InlineData("gre", 47)]
    [InlineData("esp", 50)]
    [InlineData("ah", 51)]
    [InlineData("ipv6-icmp", 58)]
    [InlineData("icmpv6", 58)]
    [InlineData("ospfigp", 89)]
    [InlineData("OSPF", 89)]
    [InlineData("pim", 103)]
    [InlineData("vrrp", 112)]
    [InlineData("l2tp", 115)]
    [InlineData("sctp", 132)]
    [InlineData("rsvp-e2e-ignore", 134)]
    [InlineData("mobility-header", 135)]
    [InlineData("nsh", 145)]
    public void A_protocol_is_found_by_its_name_in_any_letter_case(string name, int number)
    {
        Assert.True(ProtocolNames.TryFind(Encoding.ASCII.GetBytes(name), out byte found));
        Assert.Equal(number, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tc")]
    [InlineData("tcp\0")]
    [InlineData("\0tcp")]
    [InlineData("tcpx")]
    [InlineData("-")]
    [InlineData("rsvp-e2e-ignored")]
    [InlineData("a name that is longer than any protocol's")]
    [InlineData("t\u00E7p")]
    public void What_is_no_name_of_a_protocol_is_not_found(string name) =>
        Assert.False(ProtocolNames.TryFind(Encoding.Latin1.GetBytes(name), out _));

    [Fact]
    public void A_message_may_name_its_protocol()
    {
        const string message = "<14>1 - - RT_FLOW - RT_FLOW_SESSION_CREATE [a@1 source-address=\"192.0.2.1\" source-port=\"1\""
            + " destination-address=\"198.51.100.1\" destination-port=\"2\" session-id=\"3\" protocol-id=\"";
        Assert.Equal("6", EventFields.Parse(message + "TCP\"]")["protocol_id"]);
        Assert.Equal(RefusalReason.BadNumber, SyslogParser.Parse(Encoding.ASCII.GetBytes(message + "no\"]"), new SessionEvent()).Reason);
    }
}
