using System.Globalization;
using System.Text.Json;
using FlowStream.Cli.Summary;
using FlowStream.Parsing;
using FlowStream.Queries.Instances;
using Spectre.Console;

namespace FlowStream.Cli.OpenSessions;

/// <summary>Prints sessions of the table for people.</summary>
internal sealed class SessionsTable
{
    /// <summary>Width where there is no terminal: two IPv6 addresses with ports, and the rest, fit.</summary>
    public const int PipeColumns = 240;

    private readonly IAnsiConsole _console;
    private readonly Table _table = new Table().Border(TableBorder.Minimal)
        .AddColumns("device", "id", "state", "proto", "source", "destination", "application", "policy", "started (UTC)");

    public SessionsTable(IAnsiConsole console)
    {
        _console = console;
        foreach (string direction in (ReadOnlySpan<string>)["to server", "to client"])
            _table.AddColumn(new TableColumn(direction).RightAligned());
    }

    /// <summary>Adds a session.</summary>
    public void Add(JsonElement session) => _table.AddRow(
        Cell(Text(session, "device_host")), Cell(session.GetProperty("session_id").ToString()), Cell(Text(session, "state")),
        Cell(ProtocolNames.Name(session.GetProperty("protocol_id").GetByte())),
        Cell(End(session, "source")), Cell(End(session, "destination")),
        Cell(Text(session, "nested_application") ?? Text(session, "application") ?? Text(session, "service_name")),
        Cell(Text(session, "policy_name")), Cell(Text(session, "start_time")?[..19].Replace('T', ' ')),
        Cell(ByteText.Of(session.GetProperty("bytes_from_client").GetInt64())),
        Cell(ByteText.Of(session.GetProperty("bytes_from_server").GetInt64())));

    /// <summary>Prints the sessions that were added, and how many they are.</summary>
    public void Print()
    {
        if (_table.Rows.Count > 0) _console.Write(_table);
        _console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_table.Rows.Count} sessions"));
    }

    /// <summary>Prints a summary.</summary>
    public static void Print(TableSummary summary, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Minimal).AddColumn("sessions")
            .AddColumn(new TableColumn(summary.Sessions.ToString(CultureInfo.InvariantCulture)).RightAligned());
        foreach ((string name, long count) in summary.States.Concat(summary.Protocols.OrderByDescending(one => one.Value)))
            table.AddRow(Cell(name), Cell(count.ToString(CultureInfo.InvariantCulture)));
        if (summary.OldestStart is { } oldest)
            table.AddRow(Cell("oldest start"), Cell(oldest.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        console.Write(table);
    }

    private static string End(JsonElement session, string side) =>
        $"{Text(session, side + "_address")}/{session.GetProperty(side + "_port")}";

    private static string? Text(JsonElement session, string name) =>
        session.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    // A device's text is no markup.
    private static Text Cell(string? text) => new(text ?? "");
}
