using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Producers.Framing;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>A TCP stream in the framer: the same messages however it is cut into reads, and always an end.</summary>
internal sealed class FramerTarget : IFuzzTarget
{
    private const int MaxMessageBytes = 2048;

    public FramerTarget()
    {
        byte[][] lines = [.. SampleTraffic.Instance.Lines.Take(20)];
        byte[][] counted = [.. lines.Select(line => (byte[])[.. System.Text.Encoding.ASCII.GetBytes($"{line.Length} "), .. line])];
        byte[][] ended = [.. lines.Select(line => (byte[])[.. line, (byte)'\n'])];
        Seeds = [.. counted, .. ended, [.. counted[0], .. ended[1], .. counted[2], (byte)'\n', .. counted[3]], [.. lines[4], .. lines[5]]];
    }

    public string Name => "framer";

    public IReadOnlyList<byte[]> Seeds { get; }

    public bool Run(byte[] input)
    {
        List<string> whole = Frames(input, input.Length);
        foreach (int step in (ReadOnlySpan<int>)[1, 7, 100])
        {
            Assert.Equal(whole, Frames(input, step));
        }
        return whole.Count > 0;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }

    private static List<string> Frames(byte[] input, int step)
    {
        var framer = new SyslogFramer(MaxMessageBytes);
        var frames = new List<string>();
        int start = 0;
        for (int end = 0; end < input.Length;)
        {
            end = Math.Min(input.Length, end + Math.Max(1, step));
            while (true)
            {
                ReadOnlySpan<byte> arrived = input.AsSpan(start, end - start);
                FrameResult found = framer.Next(arrived);
                if (found.Status == FrameStatus.Incomplete)
                {
                    Assert.Equal(0, found.Consumed);
                    Assert.True(arrived.Length <= framer.BufferBytes, "more is held than a message can take");
                    break;
                }
                Assert.InRange(found.Consumed, 1, arrived.Length);
                if (found.Status == FrameStatus.Lost) return frames;
                if (found.Status == FrameStatus.Frame) frames.Add(Convert.ToHexString(arrived.Slice(found.Start, found.Length)));
                start += found.Consumed;
            }
        }
        while (framer.End(input.AsSpan(start)) is { Status: not FrameStatus.Incomplete } last)
        {
            if (last.Status == FrameStatus.Frame) frames.Add(Convert.ToHexString(input.AsSpan(start + last.Start, last.Length)));
            start += last.Consumed;
        }
        return frames;
    }
}
