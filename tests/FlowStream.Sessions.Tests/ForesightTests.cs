using FlowStream.Parsing;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class ForesightTests
{
    private const long T = JoinDriver.Epoch;
    private const int Rounds = 300;

    private static readonly byte[][] Senders = ["203.0.113.1"u8.ToArray(), "203.0.113.2"u8.ToArray(), "2001:db8::5"u8.ToArray()];

    [Fact]
    public void What_is_foreseen_changes_nothing_whether_it_is_right_stale_in_another_order_or_too_much() =>
        Repeat(random =>
        {
            (Message Message, long Received, byte[] Sender)[] arrivals = Draw(random);
            var plain = new JoinDriver();
            var foreseen = new JoinDriver();
            foreach ((Message message, long received, byte[] sender) in arrivals)
                Take(plain, message.Parse(new SessionEvent()), received, sender);
            var events = Enumerable.Range(0, SessionJoin.MaxForeseen + 4).Select(_ => new SessionEvent()).ToArray();
            for (int from = 0; from < arrivals.Length;)
            {
                int count = Math.Min(random.Next(1, events.Length + 1), arrivals.Length - from);
                if (random.Next(4) == 0) foreseen.Join.Foresee(events.AsSpan(0, count));
                for (int i = 0; i < count; i++) arrivals[from + i].Message.Parse(events[i]);
                SessionEvent[] next = events[..count];
                if (random.Next(4) == 0) random.Shuffle(next);
                if (random.Next(4) != 0) foreseen.Join.Foresee(next);
                for (int i = 0; i < count; i++) Take(foreseen, events[i], arrivals[from + i].Received, arrivals[from + i].Sender);
                from += count;
            }
            Assert.Equal(plain.End().Output.Sessions.Select(r => r.Json), foreseen.End().Output.Sessions.Select(r => r.Json));
            Assert.Equal(plain.Output.TotalBooked(), foreseen.Output.TotalBooked());
            Assert.Equal(plain.Join.Counters.Begun, foreseen.Join.Counters.Begun);
        });

    private static void Repeat(Action<Random> claim) => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < Rounds; round++) claim(random);
    });

    // Of devices with and without a name of their own.
    private static (Message Message, long Received, byte[] Sender)[] Draw(Random random)
    {
        var history = new History(random) { MaxSeconds = 200 };
        IEnumerable<Message> messages = Enumerable.Range(0, 8).SelectMany(i => history.Session(i, T + random.Next(60_000)));
        messages = messages.Select(m => m with { Host = random.Next(3) == 0 ? "-" : $"fw{random.Next(2)}" });
        return [.. history.Arrivals(messages, 4000).Select(a => (a.Message, a.Received, Senders[random.Next(Senders.Length)]))];
    }

    private static void Take(JoinDriver driver, SessionEvent e, long received, byte[] sender)
    {
        driver.Join.Apply(e, received, sender, driver.Output);
        driver.Advance(received);
    }
}
