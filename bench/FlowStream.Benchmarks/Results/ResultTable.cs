using System.Globalization;
using System.Text;

namespace FlowStream.Benchmarks.Results;

/// <summary>Writes a report as a Markdown table.</summary>
internal static class ResultTable
{
    /// <summary>The table, with a line above it that says when, where and of what.</summary>
    public static string Of(BenchmarkReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Date:yyyy-MM-dd HH:mm} UTC, revision {report.Revision}, ");
        text.Append(CultureInfo.InvariantCulture, $"{report.Machine.Processors} x {report.Machine.Processor}, {report.Machine.Runtime}, ");
        text.Append(CultureInfo.InvariantCulture, $"load {report.LoadBefore:0.0} before and {report.LoadAfter:0.0} after: ");
        text.AppendLine(CultureInfo.InvariantCulture, $"`{report.Command}`");
        text.AppendLine().AppendLine("| | measured | to reach | of its ceiling |").AppendLine("|---|---:|---:|---:|");
        foreach (Figure figure in report.Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Name} | {Number(figure.Value)} {figure.Unit} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Reach(figure)} | {Share(figure, report)} |");
        }
        foreach (string note in report.Notes) text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"**{note}**");
        return text.ToString();
    }

    private static string Reach(Figure figure) => figure.Reach is not { } reach
        ? ""
        : $"{Number(reach)}{(figure.Value >= reach ? "" : " (missed)")}";

    private static string Share(Figure figure, BenchmarkReport report)
    {
        if (figure.Ceiling is null) return "";
        Figure ceiling = report.Figures.Single(f => f.Name == figure.Ceiling);
        return string.Create(CultureInfo.InvariantCulture, $"{figure.Value / ceiling.Value:P0} of {ceiling.Name}");
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
