using System.Globalization;
using System.Text.Json;
using FlowStream.Parsing;
using Spectre.Console;

namespace FlowStream.Cli.ParseStatistics;

/// <summary>Prints the counts as a table.</summary>
internal static class ParseTable
{
    public static void Print(IAnsiConsole console, ParseCounts counts, long tooLong)
    {
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns(new TableColumn("what").NoWrap(), new TableColumn("count"), new TableColumn("first example"));
        table.Columns[1].RightAligned();
        foreach (((MessageShape shape, EventTag tag), long count) in counts.Accepted)
        {
            string shapeName = JsonNamingPolicy.KebabCaseLower.ConvertName(shape.ToString());
            table.AddRow(new Text($"{shapeName} {tag.Name()}"), Number(count), Text.Empty);
        }
        foreach ((RefusalReason reason, long count, string example) in counts.Refused)
            table.AddRow(new Text($"refused: {reason.Code()}"), Number(count), new Text(example));
        if (tooLong > 0) table.AddRow(new Text($"refused: {RefusalReason.TooLong.Code()}"), Number(tooLong), Text.Empty);
        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Messages + tooLong} messages"));
    }

    private static Text Number(long count) => new(count.ToString(CultureInfo.InvariantCulture));
}
