using System.Text;
using FlowStream.Testing;

namespace FlowStream.Parsing.Tests;

public sealed class FlowKeyTests
{
    private const string IPv4Message = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CREATE [a@1 "
        + "source-address=\"192.0.2.1\" "
        + "source-port=\"258\" destination-address=\"198.51.100.2\" destination-port=\"443\" protocol-id=\"6\" session-id-32=\"1\"]";

    [Fact]
    public void The_key_of_an_IPv4_flow_is_protocol_source_and_destination_in_13_bytes() =>
        Assert.Equal("06C0000201 0102C6336402 01BB".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(Key(IPv4Message)!));

    [Fact]
    public void The_key_of_an_IPv6_flow_has_37_bytes()
    {
        string message = IPv4Message.Replace("192.0.2.1", "2001:db8::1", StringComparison.Ordinal);
        string expected = "06" + "20010DB8000000000000000000000001" + "0102" + "00000000000000000000FFFFC6336402" + "01BB";
        Assert.Equal(expected, Convert.ToHexString(Key(message)!));
    }

    [Fact]
    public void The_same_address_written_in_another_way_is_the_same_flow() => Assert.Equal(
        Key(IPv4Message), Key(IPv4Message.Replace("192.0.2.1", "::FFFF:192.0.2.1", StringComparison.Ordinal)));

    [Fact]
    public void A_message_with_a_tag_that_is_not_parsed_has_its_key_all_the_same() => Assert.Equal(
        Key(IPv4Message), Key(IPv4Message.Replace("RT_FLOW_SESSION_CREATE", "APPTRACK_SESSION_ROUTE_UPDATE", StringComparison.Ordinal)));

    [Theory]
    [InlineData("<14>1", "1")]
    [InlineData("<14>1 2026-05-01T08:28:10.933Z", "852 <14>May  1 08:28:10")]
    [InlineData("<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - ", "")]
    public void A_message_with_another_header_has_the_same_key(string part, string replacement) =>
        Assert.Equal(Key(IPv4Message), Key(IPv4Message.Replace(part, replacement, StringComparison.Ordinal)));

    [Theory]
    [InlineData("protocol-id=\"6\"", "")]
    [InlineData("source-port=\"258\"", "source-port=\"65536\"")]
    [InlineData("source-port=\"258\"", "source-port=\"N/A\"")]
    [InlineData("192.0.2.1", "a.b.c.d")]
    [InlineData(" [a@1", " [a@1]")]
    [InlineData("protocol-id=\"6\"", "protocol-id=6")]
    public void A_message_that_shows_no_flow_has_no_key(string part, string replacement) =>
        Assert.Null(Key(IPv4Message.Replace(part, replacement, StringComparison.Ordinal)));

    [Fact]
    public void The_key_found_in_the_bytes_is_the_key_of_the_event() => Properties.Check(
        RenderedEvent.Generator,
        e =>
        {
            byte[] message = e.Render();
            var sessionEvent = new SessionEvent();
            Assert.True(SyslogParser.Parse(message, sessionEvent).Accepted);
            byte[] key = new byte[FlowKey.MaxBytes];
            int length = FlowKey.Write(sessionEvent, key);
            Assert.Equal(key[..length], Key(Encoding.Latin1.GetString(message)));
            Assert.Equal(e.Expected["source_address"].Contains(':', StringComparison.Ordinal) ? 37 : 13, length);
        },
        count: 1_000);

    [Fact]
    public void The_keys_agree_on_damaged_messages_that_still_parse() => Properties.Check(
        RenderedEvent.Generator,
        e =>
        {
            byte[] message = e.Render();
            var random = new Random(message.Length);
            var sessionEvent = new SessionEvent();
            for (int i = 0; i < message.Length; i++)
            {
                byte original = message[i];
                message[i] = "\"\\] 1=[N"u8[random.Next(8)];
                if (SyslogParser.Parse(message, sessionEvent).Accepted)
                {
                    byte[] key = new byte[FlowKey.MaxBytes];
                    Assert.Equal(key[..FlowKey.Write(sessionEvent, key)], Key(Encoding.Latin1.GetString(message)));
                }
                message[i] = original;
            }
        },
        count: 20);

    [Fact]
    public void Too_little_room_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FlowKey.TryWrite([], new byte[FlowKey.MaxBytes - 1], out _));
        Assert.Throws<ArgumentException>(() => FlowKey.Write(new SessionEvent(), new byte[FlowKey.MaxBytes - 1]));
    }

    private static byte[]? Key(string message)
    {
        byte[] key = new byte[FlowKey.MaxBytes];
        bool found = FlowKey.TryWrite(MemoryShapes.Poisoned(Encoding.Latin1.GetBytes(message)).Span, key, out int written);
        Assert.Equal(found, written != 0);
        return found ? key[..written] : null;
    }
}
