using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

/// <summary>Feeds messages to a join as its stage does: each record, then the time it stands for.</summary>
internal sealed class JoinDriver
{
    public const long Epoch = 1_750_000_000_000;

    private readonly SessionEvent _event = new();

    public JoinDriver(SessionOptions? options = null) => Join = new SessionJoin(options ?? new SessionOptions(), hashSeed: 1);

    public SessionJoin Join { get; private set; }

    public Recorder Output { get; } = new();

    public SessionOptions Options { get; init; } = new();

    /// <summary>Takes a message that was received at <paramref name="received"/>.</summary>
    public JoinDriver Send(Message message, long received) => Send(message.Line(), received);

    /// <summary>Takes a line that was received at <paramref name="received"/>.</summary>
    public JoinDriver Send(byte[] line, long received)
    {
        Refusal refusal = SyslogParser.Parse(line, _event);
        Assert.True(refusal.Accepted, $"{refusal}: {System.Text.Encoding.UTF8.GetString(line)}");
        Join.Apply(_event, received, "203.0.113.1"u8, Output);
        Join.AdvanceTime(received, Output);
        return this;
    }

    /// <summary>Takes messages that were received when they were written.</summary>
    public JoinDriver Send(params IEnumerable<Message> messages)
    {
        foreach (Message message in messages) Send(message, message.Time);
        return this;
    }

    /// <summary>Goes on with <paramref name="join"/>, which holds the state of the one before.</summary>
    public void Restart(SessionJoin join) => Join = join;

    /// <summary>Takes a PAN-OS end log with some columns, by their position, filled differently.</summary>
    public JoinDriver SendPanos(params (int Position, string Value)[] columns)
    {
        string[] line = new string[61];
        Array.Fill(line, "");
        (int Position, string Value)[] standard =
        [
            (1, "1"), (2, "2025/06/15 15:06:41"), (3, "007000000001"), (4, "TRAFFIC"), (5, "end"), (6, "2049"), (7, "2025/06/15 15:06:41"),
            (8, "192.0.2.10"), (9, "198.51.100.7"), (12, "permit-web"), (15, "web-browsing"), (16, "vsys2"), (23, "4711"), (24, "1"),
            (25, "40000"), (26, "443"), (30, "tcp"), (31, "allow"), (33, "10"), (34, "20"), (36, "2025/06/15 15:06:31"), (37, "9"),
            (47, "tcp-fin"), (53, "pa-one"),
        ];
        foreach ((int position, string value) in (IEnumerable<(int, string)>)[.. standard, .. columns]) line[position - 1] = value;
        Refusal refusal = SyslogParser.Parse(Encoding.UTF8.GetBytes("<14>Jun 15 15:06:41 " + string.Join(',', line)), _event);
        Assert.True(refusal.Accepted, refusal.ToString());
        Join.Apply(_event, Epoch, "203.0.113.9"u8, Output);
        return Advance(Epoch);
    }

    public JoinDriver Advance(long to)
    {
        Join.AdvanceTime(to, Output);
        return this;
    }

    /// <summary>Lets so much time pass that every session is finished and forgotten.</summary>
    public JoinDriver End() => Advance(Join.StreamTime + (24 * 3_600_000L));
}
