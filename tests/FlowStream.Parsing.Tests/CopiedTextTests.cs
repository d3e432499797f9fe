using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class CopyTextTests
{
    private const int MaxBytes = 80;

    [Fact]
    public void A_copied_text_is_the_text_as_far_as_there_is_room()
    {
        for (int length = 1; length <= MaxBytes; length++)
        {
            SessionEvent e = WithUser(length);
            for (int room = 0; room <= length + MaxBytes; room++)
            {
                byte[] destination = new byte[room];
                Assert.Equal(length, e.CopyText(Field.Username, destination));
                int copied = Math.Min(length, room);
                Assert.Equal(e.Text(Field.Username)[..copied], destination.AsSpan(0, copied));
            }
        }
    }

    [Fact]
    public void Of_an_absent_text_nothing_is_copied()
    {
        byte[] destination = new byte[MaxBytes];
        Assert.Equal(0, WithUser(1).CopyText(Field.Roles, destination));
        Assert.All(destination, b => Assert.Equal(0, b));
    }

    // The user stands last in the message: what is read behind it is not the message's.
    private static SessionEvent WithUser(int length)
    {
        string user = new('u', length);
        var e = new SessionEvent();
        string message = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CREATE [junos@2636.1.1.1.2.26"
            + " source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"198.51.100.1\" destination-port=\"2\""
            + $" protocol-id=\"6\" session-id-32=\"7\" username=\"{user}\"]";
        Assert.True(SyslogParser.Parse(Encoding.ASCII.GetBytes(message), e).Accepted);
        return e;
    }
}
