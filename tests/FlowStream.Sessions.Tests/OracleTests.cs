using System.Globalization;
using FlowStream.Parsing;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class OracleTests
{
    private const long T = JoinDriver.Epoch;
    /// <summary>The environment variable that says on how many messages join and oracle are compared; <c>make oracle</c> sets it.</summary>
    private const string EventsVariable = "FLOWSTREAM_ORACLE_EVENTS";

    private const int StandardEvents = 100_000;

    private const int RoundsAtOnce = 4;

    // A close that comes later than the settle time after what continues its session may link nothing: so failovers are compared where all
    // comes within it.
    [Theory]
    [InlineData(4_000, 0.0, 3)]
    [InlineData(90_000, 0.1, 1)]
    public void The_join_says_what_the_oracle_says(int maxDelay, double faults, int maxParts) => Properties.WithSeed(seed =>
    {
        int least = int.Parse(Environment.GetEnvironmentVariable(EventsVariable) ?? $"{StandardEvents}", CultureInfo.InvariantCulture) / 2;
        int events = 0;
        for (int round = 0; events < least; round += RoundsAtOnce)
        {
            Parallel.For(round, round + RoundsAtOnce, at =>
            {
                var random = new Random(unchecked((int)seed + at));
                var history = new History(random) { Faults = faults, MaxParts = maxParts, MaxSeconds = 300 / maxParts };
                List<Message> messages = [];
                for (int identity = 0; identity < 400; identity++)
                    messages.AddRange(history.Chain(identity, random.Next(1, 6), T + random.Next(600_000)));
                Interlocked.Add(ref events, Compare(history.Arrivals(messages, maxDelay)));
            });
        }
    });

    [Fact]
    public void The_oracle_sees_a_difference()
    {
        // A detector must be shown to catch what it is for: one lost byte.
        var close = new Message(EventTag.RtFlowSessionClose, T) { Elapsed = 3, Totals = new Volume(10, 20, 1, 2), Reason = "TCP FIN" };
        Message lost = close with { Totals = new Volume(10, 19, 1, 2) };
        RecordedSession record = Assert.Single(new JoinDriver().Send(lost).End().Output.Sessions);
        string said = Oracle.Describe(f => record[f]), expected = Assert.Single(Oracle.Sessions([close])).Description;
        Assert.NotEqual(expected, said);
        Assert.Equal(expected, said.Replace("|19|", "|20|", StringComparison.Ordinal));
    }

    private static int Compare(List<(Message Message, long Received)> arrivals)
    {
        var driver = new JoinDriver();
        foreach ((Message message, long received) in arrivals) driver.Send(message, received);
        driver.End();
        ExpectedSession[] expected = [.. Oracle.Sessions(arrivals.Select(a => a.Message))];
        foreach (var revisions in driver.Output.Sessions.GroupBy(s => s.Key))
            Assert.Equal(Enumerable.Range(0, revisions.Count()), revisions.Select(r => r.Revision));
        IEnumerable<RecordedSession> last = driver.Output.Sessions.GroupBy(s => s.Key).Select(g => g.Last());
        AssertSame(expected.Select(e => e.Description), last.Select(r => Oracle.Describe(f => r[f])));
        AssertSame(
            expected.SelectMany(e => e.Deltas).Select(d => d.ToString()),
            driver.Output.Booked.SelectMany(b => Enumerable.Repeat(
                new ExpectedDelta(b.Key.Device, b.Key.Application, b.Key.From, b.Key.To, b.Key.Volume).ToString(), b.Value)));
        Assert.Equal(expected.Length, driver.Output.Counts.Where(c => c.Key.Count == SessionCount.Opened).Sum(c => c.Value));
        Assert.Equal(expected.Length, driver.Output.Counts.Where(c => c.Key.Count == SessionCount.Closed).Sum(c => c.Value));
        Assert.Equal(0, driver.Join.OpenSessions + driver.Join.RememberedSessions);
        return arrivals.Count;
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        List<string> left = [.. expected.Order(StringComparer.Ordinal)], right = [.. actual.Order(StringComparer.Ordinal)];
        string? missing = left.Except(right).FirstOrDefault(), extra = right.Except(left).FirstOrDefault();
        Assert.True(missing is null && extra is null, $"missing: {missing}\nextra:   {extra}");
        Assert.Equal(left.Count, right.Count);
    }
}
