using System.Globalization;
using FlowStream.Cli.Summary;
using Spectre.Console;

namespace FlowStream.Cli.Analysis;

/// <summary>Prints the summary of a file for people.</summary>
internal sealed class AnalysisTable
{
    private const int ShownApplications = 15;
    private const int ShownMinutes = 60;
    private const int ShownDevices = 30;

    private readonly IAnsiConsole _console;

    public AnalysisTable(IAnsiConsole console) => _console = console;

    public void Print(AnalysisTotals totals, IReadOnlyList<DeviceLine> devices, long lines, long tooLong)
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
        Devices(devices);
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

    // The sum of complete, no_create, no_close and updates_only is that of the sessions begun: at the end of a file none is open.
    private void Devices(IReadOnlyList<DeviceLine> devices)
    {
        if (devices.Count == 0) return;
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("device");
        foreach (string column in (string[])["begun", "complete", "no_create", "no_close", "updates_only", "superseded", "timed out"])
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn(new TableColumn("creates lost").RightAligned()).AddColumn(new TableColumn("closes lost").RightAligned());
        foreach (DeviceLine device in devices.OrderByDescending(d => d.Begun).Take(ShownDevices))
        {
            long[] counts =
            [
                device.Begun, device.Complete, device.NoCreate, device.NoClose, device.UpdatesOnly, device.Superseded, device.TimedOut,
            ];
            IEnumerable<string> numbers = counts.Select(count => count.ToString(CultureInfo.InvariantCulture));
            string[] cells = [device.Device, .. numbers, Percent(device.CreateLoss), Percent(device.CloseLoss)];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }
        _console.Write(table);
        if (devices.Count > ShownDevices) _console.WriteLine($"and {devices.Count - ShownDevices} more devices");
    }

    private static string Percent(double? share) =>
        share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.0} %") : "-";

    private void Bytes(string name, IEnumerable<(string Name, long Bytes)> rows)
    {
        BarChart chart = new BarChart().Label($"bytes by {name}").LeftAlignLabel().UseValueFormatter(bytes => ByteText.Of((long)bytes));
        foreach ((string row, long bytes) in rows) chart.AddItem(Markup.Escape(row), bytes, Color.SteelBlue1);
        if (chart.Data.Count > 0) _console.Write(chart);
    }
}
