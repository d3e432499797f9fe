using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowStream.Parsing.Junos;
using FlowStream.Parsing.Panos;
using FlowStream.Testing;

namespace FlowStream.Parsing.Tests.Structured;

public sealed class FieldsPageTests
{
    private const string Head =
        """
        # Fields

        This page is made from the tables of `topology/FlowStream.Parsing` (`FieldTable`, `Junos/JunosExtras`, `Junos/TagTable`,
        `Panos/PanosColumns`, `Panos/ExtensionTable`); a test keeps it current. A field has a place of its own in the records, under its
        name here. Every other key of a device is kept as text among the `extras`, its `-` written as `_`, whether it is listed or not.
        "Absent" lists what a device prints for "no value" besides nothing at all; letter case does not matter there. "Since" is the first
        release known to print a key, or what the oldest capture says.


        """;

    private static readonly (AbsentForms Form, string Text)[] Forms =
    [
        (AbsentForms.NotAvailable, "N/A"), (AbsentForms.NoneWord, "None"), (AbsentForms.Unknown, "UNKNOWN"),
        (AbsentForms.Inconclusive, "INCONCLUSIVE"), (AbsentForms.UnspecifiedAddress, "0.0.0.0"),
        (AbsentForms.NotApplicable, "not-applicable"), (AbsentForms.NoSerial, "no-serial"),
        (AbsentForms.NoMeasurement, "4294967295"), (AbsentForms.MinusOne, "-1"),
    ];

    private static readonly (JunosMessages Set, string Text)[] Groups =
    [
        (JunosMessages.Flow, "RT_FLOW_SESSION_*"), (JunosMessages.Track, "APPTRACK_SESSION_*"), (JunosMessages.Qoe, "APPQOE_*"),
        (JunosMessages.QoeApp, "APPQOE_APP_*"),
    ];

    [Fact]
    public void The_page_of_fields_is_current()
    {
        var page = new StringBuilder(Head.Replace("\r\n", "\n", StringComparison.Ordinal));
        Table(page, "Fields of Junos", "field | kind | key | since | absent | messages", FieldTable.Definitions.SelectMany(d =>
            d.Keys.Select(key => Cells(Code(d.Name), Word(d.Kind), Code(key.Name), key.Since, Absent(d.Absent), Messages(key.Messages)))));
        Table(page, "Keys of Junos without a field", "key | since | absent | messages", JunosExtras.Keys.Select(
            key => Cells(Code(key.Name), key.Since, Absent(key.Absent), Messages(key.Messages))));
        Table(page, "Messages of Junos", "tag | kind | since | forms | must have", TagTable.Definitions.Select(
            d => Cells(Code(d.Name), Word(d.Kind), d.Since, Variants(d), Fields(d.Required))));
        Table(page, "Columns of PAN-OS TRAFFIC", "position | column | since | becomes | CEF | LEEF", Enumerable.Range(1, PanosColumns.Count)
            .Select(Column));
        GeneratedDocument.Check("docs/fields.md", page.ToString());
    }

    [Fact]
    public void Every_form_of_no_value_has_a_text() =>
        Assert.Equal(Enum.GetValues<AbsentForms>().Where(form => form != AbsentForms.Empty), Forms.Select(f => f.Form));

    private static string Column(int position)
    {
        PanosColumn column = PanosColumns.ByPosition[position];
        ExtensionLine? names = Array.Find(ExtensionTable.Lines, line => line.Column == column.Name);
        string becomes = column.Use switch
        {
            PanosUse.Skip => "nothing",
            PanosUse.Field or PanosUse.StartTime => Code(FieldTable.Definition(column.Rule.Field).Name),
            PanosUse.DeviceName => Code("device_host"),
            PanosUse.Extra => "an extra",
            _ => $"an extra, and the {Word(column.Use)}",
        };
        string since = column.FirstRelease == int.MaxValue ? "after 11.1"
            : string.Create(CultureInfo.InvariantCulture, $"{column.FirstRelease >> 8}.{column.FirstRelease & 0xFF}");
        string number = position.ToString(CultureInfo.InvariantCulture);
        return Cells(number, Code(column.Name), since, becomes, Names(names?.Cef), Names(names?.Leef));
    }

    private static void Table(StringBuilder page, string title, string head, IEnumerable<string> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| {head} |\n|{string.Concat(head.Split('|').Select(_ => "---|"))}\n");
        foreach (string row in rows) page.Append(row);
        page.Append('\n');
    }

    private static string Cells(params string[] cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Code(string text) => $"`{text}`";

    private static string Names(string? names) =>
        string.Join(", ", (names ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Code));

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    private static string Absent(AbsentForms forms) => string.Join(", ", Forms.Where(f => (forms & f.Form) != 0).Select(f => f.Text));

    private static string Variants(TagDefinition definition) =>
        string.Join(", ", definition.Variants.Select(variant => Code(definition.Tag.Name(variant))));

    private static string Fields(ulong required) => string.Join(
        ", ", Enum.GetValues<Field>().Where(f => (required & (1UL << (int)f)) != 0).Select(f => FieldTable.Definition(f).Name));

    private static string Messages(JunosMessages messages)
    {
        var names = new List<string>();
        foreach ((JunosMessages set, string text) in Groups)
        {
            if ((messages & set) != set) continue;
            names.Add(text);
            messages &= ~set;
        }
        names.AddRange(TagTable.Definitions.Where(d => ((int)messages & (1 << (int)d.Tag)) != 0).Select(d => d.Name));
        return string.Join(", ", names);
    }
}
