using System.Text;

namespace FlowStream.Parsing.Tests;

public sealed class CopyTextTests
{
    private const int MaxBytes = 80;

    [Fact]
    public void A_copied_text_is_the_text_whatever_its_length_and_the_room()
    {
        for (int length = 1; length <= MaxBytes; length++)
        {
            SessionEvent e = WithUser(length);
            for (int room = length; room <= length + MaxBytes; room++)
            {
                byte[] destination = new byte[room];
                e.CopyText(Field.Username, length, destination);
                Assert.Equal(e.Text(Field.Username), destination.AsSpan(0, length));
            }
        }
    }

    [Fact]
    public void A_part_of_a_text_can_be_copied_and_of_an_absent_one_nothing()
    {
        SessionEvent e = WithUser(40);
        byte[] destination = new byte[MaxBytes];
        e.CopyText(Field.Username, 7, destination);
        Assert.Equal(e.Text(Field.Username)[..7], destination.AsSpan(0, 7));
        Array.Clear(destination);
        e.CopyText(Field.Roles, 0, destination);
        Assert.All(destination, b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(41, MaxBytes)]
    [InlineData(40, 39)]
    [InlineData(10, 9)]
    [InlineData(1, 0)]
    [InlineData(-1, MaxBytes)]
    public void A_text_that_is_shorter_and_a_room_that_is_too_small_are_refused(int length, int room) =>
        Assert.ThrowsAny<ArgumentException>(() => WithUser(40).CopyText(Field.Username, length, new byte[room]));

    // The user stands last in the message: what is read behind it is not the message's.
    private static SessionEvent WithUser(int length)
    {
        string user = new('u', length);
        var e = new SessionEvent();
        string message = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CREATE [junos@2636.1.1.1.2.26 source-address=\"192.0.2.1\""
            + " source-port=\"1\" destination-address=\"198.51.100.1\" destination-port=\"2\" protocol-id=\"6\" session-id-32=\"7\""
            + $" username=\"{user}\"]";
        Assert.True(SyslogParser.Parse(Encoding.ASCII.GetBytes(message), e).Accepted);
        return e;
    }
}
