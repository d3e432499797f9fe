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

    public JoinDriver Advance(long to)
    {
        Join.AdvanceTime(to, Output);
        return this;
    }

    /// <summary>Lets so much time pass that every session is finished and forgotten.</summary>
    public JoinDriver End() => Advance(Join.StreamTime + (24 * 3_600_000L));
}
