using System.Text;
using FlowStream.Testing;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class CsvRobustnessTests
{
    private const string Start = "1,2026/05/01 08:28:11,012345678901,TRAFFIC,end,2561,,192.0.2.10,198.51.100.20,,,";

    [Fact]
    public void A_prefix_never_throws_and_nothing_beside_it_is_read()
    {
        foreach ((_, string line, _) in CsvLines.Cases.Where(c => c.Line.Length < 1200))
        {
            foreach (byte[] prefix in MemoryShapes.Prefixes(Encoding.Latin1.GetBytes(line))) ParseTwice(prefix);
        }
    }

    [Fact]
    public void A_damaged_byte_never_throws() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        foreach ((_, string text, _) in CsvLines.Cases.Where(c => c.Line.Length < 1200))
        {
            byte[] line = Encoding.Latin1.GetBytes(text);
            for (int i = 0; i < line.Length; i++)
            {
                byte original = line[i];
                line[i] = random.Next(3) == 0 ? (byte)random.Next(256) : ",\"\\{}/: 0xT"u8[random.Next(11)];
                ParseTwice(line);
                line[i] = original;
            }
        }
    });

    [Theory]
    [InlineData(",")]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("\\\"")]
    [InlineData("\"a,")]
    [InlineData("\",\"")]
    [InlineData("{")]
    [InlineData("{,")]
    [InlineData("\\\",")]
    [InlineData("1")]
    [InlineData(" ")]
    [InlineData("/")]
    public void The_worst_line_of_the_largest_size_takes_no_longer_than_its_bytes(string unit)
    {
        foreach (string start in new[] { Start, Start + "\"", Start + "\\\"", Start + new string(',', 58) + "{" })
        {
            string line = start + string.Concat(Enumerable.Repeat(unit, ParserLimits.MaxMessageBytes / unit.Length));
            byte[] bytes = Encoding.Latin1.GetBytes(line)[..ParserLimits.MaxMessageBytes];
            var sessionEvent = new SessionEvent();
            CsvLines.Parse(bytes, sessionEvent);
            var best = TimeSpan.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                long began = TimeProvider.System.GetTimestamp();
                CsvLines.Parse(bytes, sessionEvent);
                TimeSpan taken = TimeProvider.System.GetElapsedTime(began);
                if (taken < best) best = taken;
            }
            // A quadratic walk over 64 KiB takes seconds; a linear one well below a millisecond, or a few without optimisation.
            Assert.True(best < TimeSpan.FromMilliseconds(50), $"{best} for {unit} after {start}");
        }
    }

    private static void ParseTwice(byte[] line)
    {
        var used = new SessionEvent();
        CsvLines.Parse(CsvLines.Cases[1].Line, used);
        var fresh = new SessionEvent();
        Refusal first = CsvLines.Parse(MemoryShapes.Poisoned(line).Span, used);
        Assert.Equal(CsvLines.Parse(line, fresh), first);
        Assert.Equal(EventFields.Of(fresh), EventFields.Of(used));
        Assert.InRange(first.Position, 0, line.Length);
    }
}
