using System.Text;
using FlowStream.Parsing.Panos;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class CsvReaderProperties
{
    private static Gen<Random> Randoms => Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed));

    [Fact]
    public void Columns_are_those_of_the_reference() => Properties.Check(
        Randoms,
        random =>
        {
            // Many columns, so that the one with braces is reached; long runs of commas cross the blocks of the scanner.
            var line = new StringBuilder();
            string[] pieces =
                [",", ",,", "a", "b c", "\"", "\"\"", "\\\"", "\\", "{", "}", "{x,y},", new string(',', random.Next(90))];
            for (int i = random.Next(160); i > 0; i--) line.Append(pieces[random.Next(pieces.Length)]);
            Compare(line.ToString(), random.Next(2));
        },
        count: 3_000);

    [Fact]
    public void Columns_of_damaged_lines_are_those_of_the_reference() => Properties.Check(
        Randoms,
        random =>
        {
            var cases = CsvLines.Cases;
            char[] line = cases[random.Next(cases.Count)].Line.ToCharArray();
            for (int i = random.Next(4); i > 0; i--) line[random.Next(line.Length)] = ",\"\\{} x"[random.Next(7)];
            Compare(new string(line), 0);
        },
        count: 1_000);

    private static void Compare(string line, int missing)
    {
        var sessionEvent = new SessionEvent();
        sessionEvent.Load(MemoryShapes.Poisoned(Encoding.Latin1.GetBytes(line)).Span);
        var reader = new CsvReader(sessionEvent, 0, missing);
        var found = new List<(int, string)>();
        while (reader.MoveNext()) found.Add((reader.Column, Encoding.Latin1.GetString(sessionEvent.Bytes(reader.Value))));
        if (reader.Fault.Reason == RefusalReason.TooManyParameters)
        {
            Assert.True(line.Count(c => c == ',') >= ParserLimits.MaxParameters - missing);
            return;
        }
        List<string>? reference = ReferenceColumns.Of(line, missing);
        Assert.Equal(reference is not null, reader.Fault.Accepted);
        if (reference is null) return;
        Assert.Equal(reference.Count + missing, reader.Column);
        Assert.Equal(
            reference.Select((value, i) => (i + 1 + missing, value)).Where(c => c.value.Length > 0), found.Where(c => c.Item2.Length > 0));
    }
}
