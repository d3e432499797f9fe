using FlowStream.Testing;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class CsvProperties
{
    [Fact]
    public void What_a_release_prints_parses_to_what_was_printed() => Properties.Check(
        RenderedLine.Generator,
        line =>
        {
            var sessionEvent = new SessionEvent();
            Refusal refusal = CsvLines.Parse(line.Line, sessionEvent);
            Assert.True(refusal.Accepted, $"{refusal} in {line}");
            Assert.Equal(line.Expected, EventFields.Of(sessionEvent));
            Assert.Equal(Repair.None, sessionEvent.Repairs);
        },
        count: 3_000);

    [Fact]
    public void The_releases_have_the_documented_numbers_of_columns() =>
        Assert.Equal([44, 46, 47, 54, 61, 65, 67, 75, 105, 115, 117, 130], RenderedLine.Counts);

    [Fact]
    public void A_line_allocates_nothing()
    {
        byte[][] lines = [.. CsvLines.Cases.Select(c => System.Text.Encoding.Latin1.GetBytes(c.Line))];
        var sessionEvent = new SessionEvent();
        ParseAll(lines, sessionEvent);
        ParseAll(lines, sessionEvent);
        Assert.Equal(0, ParseAll(lines, sessionEvent));
    }

    private static long ParseAll(byte[][] lines, SessionEvent into)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] line in lines) CsvLines.Parse(line, into);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
