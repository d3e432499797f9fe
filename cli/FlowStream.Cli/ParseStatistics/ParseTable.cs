using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowStream.Parsing;
using FlowStream.Parsing.Sequences;
using Spectre.Console;

namespace FlowStream.Cli.ParseStatistics;

/// <summary>Prints the counts as tables: what was understood, what had to be repaired, what was refused, and what never came.</summary>
internal static class ParseTable
{
    private const int ShownDevices = 50;

    public static void Print(IAnsiConsole console, ParseCounts counts)
    {
        long refused = counts.Refusals.Rows.Sum(row => row.Count);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{counts.Messages} messages: {counts.Messages - refused} understood, {refused} refused"));
        Counts(console, "event", counts.Events.Rows.Select(row => ($"{row.What.Tag.Name()} {Snake(row.What.Kind)}", row.Count)));
        Counts(console, "shape", counts.Shapes.Rows.Select(row => (Kebab(row.What), row.Count)));
        Examples(console, "repaired", counts.Repairs.Rows.Select(row => (row.What.Code(), row.Count, row.Example)));
        Examples(console, "refused because", counts.Refusals.Rows.Select(row => (row.What.Code(), row.Count, row.Example)));
        Sequences(console, counts.Sequences);
        Counts(console, "lines left out by the syslog daemon of", counts.Repeated.Rows.Select(row => (row.What, row.Count)));
    }

    private static void Counts(IAnsiConsole console, string what, IEnumerable<(string Name, long Count)> rows)
    {
        Table table = NewTable(what, "count");
        foreach ((string name, long count) in rows) table.AddRow(new Text(name), Number(count));
        Write(console, table);
    }

    private static void Examples(IAnsiConsole console, string what, IEnumerable<(string Name, long Count, string Example)> rows)
    {
        Table table = NewTable(what, "count").AddColumn("first example");
        foreach ((string name, long count, string example) in rows) table.AddRow(new Text(name), Number(count), new Text(example));
        Write(console, table);
    }

    // Only devices whose numbers are not one after the other are worth a line each.
    private static void Sequences(IAnsiConsole console, SequenceTracker tracker)
    {
        IReadOnlyList<DeviceSequence> devices = tracker.Devices;
        if (devices.Count == 0) return;
        DeviceSequence[] broken = [.. devices.Where(IsBroken).OrderByDescending(d => d.Missing)];
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sequence numbers of {devices.Count} devices, {broken.Length} with gaps or duplicates; not followed: {tracker.Untracked}"));
        Table table = NewTable("device", "seen", "missing", "duplicates", "too late to tell", "strays");
        foreach (DeviceSequence d in broken.Take(ShownDevices))
        {
            string name = PrintableText.Of(Encoding.Latin1.GetBytes(d.Device));
            table.AddRow(new Text(name), Number(d.Distinct), Number(d.Missing), Number(d.Duplicates), Number(d.TooLate), Number(d.Strays));
        }
        Write(console, table);
    }

    private static bool IsBroken(DeviceSequence device) => device.Missing + device.Duplicates + device.TooLate + device.Strays > 0;

    private static Table NewTable(string what, params string[] numbers)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn(what).NoWrap());
        foreach (string number in numbers) table.AddColumn(new TableColumn(number).RightAligned());
        return table;
    }

    private static void Write(IAnsiConsole console, Table table)
    {
        if (table.Rows.Count > 0) console.Write(table);
    }

    private static string Snake(EventKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static string Kebab(MessageShape shape) => JsonNamingPolicy.KebabCaseLower.ConvertName(shape.ToString());

    private static Text Number(long count) => new(count.ToString(CultureInfo.InvariantCulture));
}
