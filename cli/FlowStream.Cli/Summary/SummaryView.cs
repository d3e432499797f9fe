using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlowStream.Cli.Summary;

/// <summary>Draws a snapshot for a terminal.</summary>
internal static class SummaryView
{
    private const int ShownApplications = 8;

    public static IRenderable Draw(SummarySnapshot s) => new Rows(Counters(s), Windows(s), Sessions(s));

    private static Table Counters(SummarySnapshot s)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title($"FlowStream, {s.Running:hh\\:mm\\:ss}");
        foreach (string column in new[] { "syslog", "raw topic", "stages", "sessions" }) table.AddColumn(column);
        table.AddRow(
            Text($"""
                {s.Received:N0} received, {s.ReceivedPerSecond:N0}/s
                {s.Rejected:N0} rejected
                {s.KernelDropped:N0} dropped by the kernel
                """),
            Text($"{s.Acknowledged:N0} acknowledged"),
            Text($"{s.Parsed:N0} parsed\n{s.DeadLettered:N0} dead letters{Reasons(s)}"),
            Text($"{s.OpenSessions:N0} open\n{s.Completed:N0} completed\n{s.Denied:N0} denied"));
        return table;
    }

    private static string Reasons(SummarySnapshot s) => string.Concat(s.DeadLetters.Select(d => $"\n  {d.Key} {d.Value:N0}"));

    private static IRenderable Windows(SummarySnapshot s)
    {
        if (s.WindowStart is not { } start)
            return new Text("The first bandwidth window is final a minute and its grace after the first message.");
        BarChart chart = new BarChart()
            .Label(string.Create(CultureInfo.InvariantCulture, $"Bytes in the minute {start:yyyy-MM-dd HH:mm}Z by application"))
            .LeftAlignLabel().UseValueFormatter(value => ByteText.Of((long)value));
        foreach (ApplicationBytes a in s.Applications.Take(ShownApplications))
            chart.AddItem(Markup.Escape(a.Application), a.FromClient + a.FromServer, Color.SteelBlue1);
        return chart;
    }

    private static Table Sessions(SummarySnapshot s)
    {
        Table table = new Table().Border(TableBorder.Simple).Title("Latest sessions");
        foreach (string column in new[] { "ended", "device", "flow", "application", "reason", "to server", "to client" })
            table.AddColumn(column);
        foreach (RecentSession r in s.Recent)
        {
            table.AddRow(
                Text($"{r.End:HH:mm:ss}"), new Text(r.Device), new Text(r.Flow), new Text(r.Application), new Text(r.EndReason),
                new Text(ByteText.Of(r.FromClient)), new Text(ByteText.Of(r.FromServer)));
        }
        return table;
    }

    private static Text Text(FormattableString text) => new(FormattableString.Invariant(text));
}
