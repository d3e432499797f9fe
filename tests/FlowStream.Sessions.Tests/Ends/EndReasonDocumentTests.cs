using System.Text;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests.Ends;

public sealed class EndReasonDocumentTests
{
    private const string Head =
        """
        # Why sessions end

        This page is made from the table in `topology/FlowStream.Sessions/Ends/EndReasons.cs`; a test keeps it current. A record holds the
        code as `end_reason`, the class as `end_class`, the side as `end_side`, and the device's own text as `end_reason_raw`. Letter case,
        blanks, hyphens and dashes of the text do not matter, nor does `N/A` after it. A text that is not listed is `unknown`; it is counted
        (`flowstream.messages.reason_unlisted`) and shown in the log when it comes for the first time. Where a row says that it does not end
        the session, the session goes on, here or on another device.


        """;

    [Fact]
    public void The_page_of_end_reasons_is_current()
    {
        var page = new StringBuilder(Head.Replace("\r\n", "\n", StringComparison.Ordinal));
        page.Append("| code | class | side | ends the session | Junos close and deny reasons | PAN-OS end reasons ");
        page.Append("| PAN-OS tracker stages |\n");
        page.Append("|---|---|---|---|---|---|---|\n");
        foreach (EndReasonRow row in EndReasons.All)
        {
            string[] cells =
            [
                $"`{Text(row.Reason.Code())}`", Text(row.Class.Code()), Text(row.Side.Code()), row.Terminal ? "yes" : "no",
                Texts(row.Junos), Texts(row.Panos), Texts(row.Tracker),
            ];
            page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
        GeneratedDocument.Check("docs/end-reasons.md", page.ToString());
    }

    private static string Texts(string[] texts) => string.Join(", ", texts.Select(text => text.Length == 0 ? "(empty)" : $"`{text}`"));

    private static string Text(ReadOnlyMemory<byte> code) => Encoding.UTF8.GetString(code.Span);
}
