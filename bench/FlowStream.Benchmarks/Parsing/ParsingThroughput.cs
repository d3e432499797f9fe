using System.Diagnostics;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>What one core parses, measured in about a second: the line of <c>make bench</c>.</summary>
/// <param name="MegabytesPerSecond">Million bytes of messages parsed per second.</param>
/// <param name="MessagesPerSecond">Messages parsed per second.</param>
/// <param name="BytesAllocatedPerMessage">Bytes allocated on the managed heap for each message.</param>
public readonly record struct ParsingThroughput(double MegabytesPerSecond, double MessagesPerSecond, double BytesAllocatedPerMessage)
{
    // The runtime compiles hot methods anew in the background; on a busy machine that takes a while.
    private const int WarmUpRounds = 250;

    // A round of about 2 ms fits into one turn on the processor, so that the best one had it to itself.
    private const int Rounds = 300;
    private const int MessagesPerRound = 2_000;

    /// <summary>Parses <paramref name="message"/> again and again; the best of several rounds, for others use the machine too.</summary>
    /// <exception cref="ArgumentException">The parser refuses <paramref name="message"/>, so that its speed says nothing.</exception>
    public static ParsingThroughput Measure(byte[] message)
    {
        var sessionEvent = new SessionEvent();
        if (!SyslogParser.Parse(message, sessionEvent).Accepted)
            throw new ArgumentException("The message is refused.", nameof(message));
        for (int round = 0; round < WarmUpRounds; round++) Run(message, sessionEvent);
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan taken = Run(message, sessionEvent);
            if (taken < best) best = taken;
        }
        double allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore) / (Rounds * MessagesPerRound);
        double messages = MessagesPerRound / best.TotalSeconds;
        return new ParsingThroughput(messages * message.Length / 1e6, messages, allocated);
    }

    private static TimeSpan Run(byte[] message, SessionEvent sessionEvent)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < MessagesPerRound; i++) SyslogParser.Parse(message, sessionEvent);
        return Stopwatch.GetElapsedTime(start);
    }
}
