using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests.Ends;

public sealed class EndReasonRecordTests
{
    public static TheoryData<string, string> JunosTexts => Texts(row => row.Junos);

    public static TheoryData<string, string> PanosTexts => Texts(row => row.Panos);

    [Theory]
    [MemberData(nameof(JunosTexts))]
    public void A_session_that_Junos_closed_with_a_listed_text_has_its_code_in_its_record(string text, string code)
    {
        var close = new Message(EventTag.RtFlowSessionClose, JoinDriver.Epoch) { Elapsed = 1, Reason = text };
        AssertEnds(new JoinDriver().Send(close), code, text);
    }

    [Theory]
    [MemberData(nameof(PanosTexts))]
    public void A_session_that_PAN_OS_logged_with_a_listed_end_reason_has_its_code_in_its_record(string text, string code)
    {
        JoinDriver driver = new();
        driver.SendPanos((47, text));
        AssertEnds(driver, code, text);
    }

    // N/A is a form of absent: the log gave no reason.
    private static void AssertEnds(JoinDriver driver, string code, string text)
    {
        RecordedSession record = Assert.Single(driver.End().Output.Sessions);
        bool absent = text.Length == 0 || text.Equals("n/a", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(absent ? "unknown" : code, record["end_reason"]);
        Assert.Equal(absent ? null : text, record["end_reason_raw"]);
        EndReasonRow row = EndReasons.All.Single(r => Encoding.UTF8.GetString(r.Reason.Code().Span) == record["end_reason"]);
        Assert.Equal(Encoding.UTF8.GetString(row.Class.Code().Span), record["end_class"]);
        Assert.Equal(Encoding.UTF8.GetString(row.Side.Code().Span), record["end_side"]);
    }

    private static TheoryData<string, string> Texts(Func<EndReasonRow, string[]> of)
    {
        var texts = new TheoryData<string, string>();
        foreach (EndReasonRow row in EndReasons.All)
        {
            string code = Encoding.UTF8.GetString(row.Reason.Code().Span);
            foreach (string text in of(row)) texts.Add(text.Replace("/*", "/strict", StringComparison.Ordinal), code);
        }
        return texts;
    }
}
