using System.Globalization;
using FlowStream.Cli.Summary;
using Spectre.Console;

namespace FlowStream.Cli.Analysis;

/// <summary>Prints the summary of a file for people.</summary>
internal sealed class AnalysisTable
{
    private const int ShownApplications = 15;
    private const int ShownMinutes = 60;

    private readonly IAnsiConsole _console;

    public AnalysisTable(IAnsiConsole console) => _console = console;

    public void Print(AnalysisTotals totals, long lines, long tooLong)
    {
        long refused = totals.DeadLetters.Values.Sum() + tooLong;
        _console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lines + tooLong} lines: {totals.Sessions} sessions ({totals.Corrections} corrections), " +
            $"{totals.Denials} denials, {refused} refused"));
        if (tooLong > 0) totals.DeadLetters["too-long"] = totals.DeadLetters.GetValueOrDefault("too-long") + tooLong;
        Counts("refused because", totals.DeadLetters);
        Counts("completeness", totals.Completeness);
        Counts("end reason", totals.EndReasons);
        Bytes("application", totals.Applications.Take(ShownApplications));
        Bytes("minute (UTC)", totals.Minutes.Take(ShownMinutes)
            .Select(m => (m.Start.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), m.FromClient + m.FromServer)));
        int more = totals.Minutes.Count() - ShownMinutes;
        if (more > 0)
            _console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {more} more minutes; --format json shows all"));
    }

    private void Counts(string name, Dictionary<string, long> counts)
    {
        if (counts.Count == 0) return;
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(name).AddColumn(new TableColumn("count").RightAligned());
        foreach ((string value, long count) in counts.OrderByDescending(c => c.Value))
            table.AddRow(new Text(value), new Text(count.ToString(CultureInfo.InvariantCulture)));
        _console.Write(table);
    }

    private void Bytes(string name, IEnumerable<(string Name, long Bytes)> rows)
    {
        BarChart chart = new BarChart().Label($"bytes by {name}").LeftAlignLabel().UseValueFormatter(bytes => ByteText.Of((long)bytes));
        foreach ((string row, long bytes) in rows) chart.AddItem(Markup.Escape(row), bytes, Color.SteelBlue1);
        if (chart.Data.Count > 0) _console.Write(chart);
    }
}
