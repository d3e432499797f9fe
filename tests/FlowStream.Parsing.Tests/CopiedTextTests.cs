using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class CopiedTextTests
{
    private const int MaxBytes = 80;

    [Fact]
    public void Short_texts_are_copied_behind_their_lengths()
    {
        for (int length = 1; length <= MaxBytes; length++)
        {
            SessionEvent e = WithUser(length);
            for (int room = 0; room <= length + MaxBytes; room++)
            {
                byte[] destination = new byte[room];
                int written = e.CopyShortTexts(Field.RoutingInstance, 5, destination, out uint copied);
                Assert.Equal(1u << (Field.Username - Field.RoutingInstance), copied);
                Assert.Equal(length <= 32 && room >= 34 ? length + 2 : -1, written);
                if (written < 0) continue;
                Assert.Equal((byte[])[(byte)length, 0], destination[..2]);
                Assert.Equal(e.Text(Field.Username), destination.AsSpan(2, length));
            }
        }
    }

    [Fact]
    public void Several_short_texts_stand_one_behind_the_other_and_absent_ones_leave_no_gap()
    {
        SessionEvent e = Parsed("policy-name=\"web\" username=\"noor\" roles=\"N/A\" source-zone-name=\"trust\"");
        byte[] destination = new byte[MaxBytes];
        int written = e.CopyShortTexts(Field.PolicyName, Field.Roles - Field.PolicyName + 1, destination, out uint copied);
        Assert.Equal("\u0003\0web\u0005\0trust\u0004\0noor", Encoding.ASCII.GetString(destination, 0, written));
        Assert.Equal(0b11u | (1u << (Field.Username - Field.PolicyName)), copied);
        Assert.Equal(copied, e.PresentAmong(Field.PolicyName, Field.Roles - Field.PolicyName + 1));
        Assert.Equal(0, e.CopyShortTexts(Field.Category, 2, destination, out copied));
        Assert.Equal(0u, copied);
    }

    [Fact]
    public void Key_and_value_of_an_extra_are_copied_as_far_as_there_is_room()
    {
        for (int length = 1; length <= MaxBytes; length++)
        {
            string key = string.Concat(Enumerable.Range(0, length).Select(i => i % 3 == 1 ? '-' : (char)('a' + (i % 26))));
            string value = new('-', MaxBytes + 1 - length);
            SessionEvent e = Parsed($"{key}=\"{value}\"");
            Assert.Equal((length, value.Length), e.ExtraLengths(0));
            string pair = key.Replace('-', '_') + value;
            for (int room = 0; room <= pair.Length + MaxBytes; room++)
            {
                byte[] destination = new byte[room];
                e.CopyExtra(0, destination);
                int copied = Math.Min(pair.Length, room);
                Assert.Equal(pair[..copied], Encoding.ASCII.GetString(destination, 0, copied));
            }
        }
    }

    [Fact]
    public void An_extra_whose_key_is_not_in_the_message_is_copied_the_same()
    {
        var e = new SessionEvent { KnownKeys = ["src-uuid"u8.ToArray()] };
        e.Load("value"u8);
        e.AddExtra(0, new TextSlice(0, 5));
        byte[] destination = new byte[MaxBytes];
        e.CopyExtra(0, destination);
        Assert.Equal((8, 5), e.ExtraLengths(0));
        Assert.Equal("src_uuidvalue", Encoding.ASCII.GetString(destination, 0, 13));
    }

    [Fact]
    public void Every_message_has_another_version()
    {
        var e = new SessionEvent();
        uint before = e.Version;
        SyslogParser.Parse("no message"u8, e);
        Assert.NotEqual(before, e.Version);
    }

    // The user stands last in the message: what is read behind it is not the message's.
    private static SessionEvent WithUser(int length) => Parsed($"username=\"{new string('u', length)}\"");

    private static SessionEvent Parsed(string parameters)
    {
        var e = new SessionEvent();
        string message = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CREATE [junos@2636.1.1.1.2.26"
            + " source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"198.51.100.1\" destination-port=\"2\""
            + $" protocol-id=\"6\" session-id-32=\"7\" {parameters}]";
        Assert.True(SyslogParser.Parse(Encoding.ASCII.GetBytes(message), e).Accepted);
        return e;
    }
}
