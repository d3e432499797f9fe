using System.Globalization;
using FlowStream.Parsing;
using FlowStream.Queries.Reconciliation;
using Spectre.Console;

namespace FlowStream.Cli.OpenSessions;

/// <summary>Prints the differences between a device's listing and the open table for people.</summary>
internal static class DifferencesTable
{
    public static void Print(IReadOnlyList<Difference> differences, IAnsiConsole console)
    {
        if (differences.Count == 0) return;
        Table table = new Table().Border(TableBorder.Minimal)
            .AddColumns("difference", "device", "id", "proto", "source", "destination")
            .AddColumn(new TableColumn("bytes there").RightAligned()).AddColumn(new TableColumn("bytes here").RightAligned());
        foreach (Difference difference in differences)
        {
            TableKey key = difference.Key;
            table.AddRow(
                new Text(difference.Kind.Name()), new Text(key.Device), Number(key.SessionId), new Text(ProtocolNames.Name(key.Protocol)),
                new Text($"{key.Source}/{key.SourcePort}"), new Text($"{key.Destination}/{key.DestinationPort}"),
                Bytes(difference.There), Bytes(difference.Here));
        }
        console.Write(table);
    }

    private static Text Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static Text Bytes(in Counters counters) => counters.BytesFromClient is null && counters.BytesFromServer is null
        ? new Text("")
        : new Text(string.Create(CultureInfo.InvariantCulture, $"{counters.BytesFromClient} + {counters.BytesFromServer}"));
}
