using System.Text;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Sessions.Tests.Ends;

public sealed class EndReasonTests
{
    private static readonly string[] Separators = [" ", "   ", "-", " - ", "\t", "\u2013", " \u2013 ", "\u2014", "\u00A0"];

    // The close reasons of "Information Provided in Session Log Entries" (Junos 12.2), then those of later releases and captures.
    [Theory]
    [InlineData("unset", "install-unset", "unknown", "none")]
    [InlineData("TCP RST", "tcp-rst", "reset", "none")]
    [InlineData("TCP FIN", "tcp-fin", "normal", "none")]
    [InlineData("response received", "response-received", "normal", "server")]
    [InlineData("ICMP error", "icmp-error", "reset", "none")]
    [InlineData("aged out", "aged-out", "timeout", "device")]
    [InlineData("ALG", "alg", "infra", "device")]
    [InlineData("HA", "ha", "infra", "device")]
    [InlineData("auth", "auth", "policy", "device")]
    [InlineData("IDP", "security-service", "security", "device")]
    [InlineData("synproxy failure", "syn-proxy", "infra", "device")]
    [InlineData("synproxy limit", "resource-limit", "resource", "device")]
    [InlineData("parent closed", "parent-closed", "infra", "device")]
    [InlineData("CLI", "cli", "admin", "device")]
    [InlineData("CP NACK", "resource-limit", "resource", "device")]
    [InlineData("CP delete", "forwarding", "infra", "device")]
    [InlineData("policy delete", "policy-delete", "policy", "device")]
    [InlineData("fwd session", "forwarding", "infra", "device")]
    [InlineData("multicast route change", "route-change", "infra", "device")]
    [InlineData("first path reroute, session recreated", "route-change", "infra", "device")]
    [InlineData("source NAT allocation failure", "nat-failure", "resource", "device")]
    [InlineData("other", "other", "unknown", "none")]
    [InlineData("error create IKE pass-through template", "tunnel-error", "infra", "device")]
    [InlineData("IKE pass-through child session ageout", "tunnel-error", "infra", "device")]
    [InlineData("sess timeout on pending state", "pending-timeout", "timeout", "device")]
    [InlineData("unknown", "unknown", "unknown", "none")]
    [InlineData("TCP CLIENT RST", "tcp-rst-client", "reset", "client")]
    [InlineData("TCP SERVER RST", "tcp-rst-server", "reset", "server")]
    [InlineData("idle Timeout", "aged-out", "timeout", "device")]
    [InlineData("idle Timeout N/A", "aged-out", "timeout", "device")]
    [InlineData("HA N/A", "ha", "infra", "device")]
    [InlineData("application failure or action", "security-service", "security", "device")]
    [InlineData("Closed by junos-alg", "alg", "infra", "device")]
    [InlineData("Closed by junos-dynapp", "policy-deny", "policy", "device")]
    [InlineData("Closed by junos-idp", "security-service", "security", "device")]
    [InlineData("Closed by junos-idp/strict", "security-service", "security", "device")]
    [InlineData("Denied by policy", "policy-deny", "policy", "device")]
    [InlineData("policy deny", "policy-deny", "policy", "device")]
    [InlineData("", "unknown", "unknown", "none")]
    [InlineData("  tcp   FIN ", "tcp-fin", "normal", "none")]
    public void Every_text_that_Junos_prints_has_its_code(string raw, string code, string endClass, string side) =>
        AssertMeans(raw, code, endClass, side);

    [Theory]
    [InlineData("threat", "threat", "security", "device")]
    [InlineData("policy-deny", "policy-deny", "policy", "device")]
    [InlineData("decrypt-cert-validation", "decrypt-cert", "security", "device")]
    [InlineData("decrypt-unsupport-param", "decrypt-param", "security", "device")]
    [InlineData("decrypt-error", "decrypt-error", "security", "device")]
    [InlineData("tcp-rst-from-client", "tcp-rst-client", "reset", "client")]
    [InlineData("tcp-rst-from-server", "tcp-rst-server", "reset", "server")]
    [InlineData("resources-unavailable", "resource-limit", "resource", "device")]
    [InlineData("tcp-fin", "tcp-fin", "normal", "none")]
    [InlineData("tcp-reuse", "tuple-reuse", "infra", "device")]
    [InlineData("decoder", "app-decoder", "infra", "device")]
    [InlineData("aged-out", "aged-out", "timeout", "device")]
    [InlineData("unknown", "unknown", "unknown", "none")]
    [InlineData("n/a", "not-ended", "unknown", "none")]
    [InlineData("n-a", "not-ended", "unknown", "none")]
    public void Every_end_reason_that_PAN_OS_logs_has_its_code(string raw, string code, string endClass, string side) =>
        AssertMeans(raw, code, endClass, side);

    [Theory]
    [InlineData("Aged out", "aged-out", "timeout", "device")]
    [InlineData("TCP FIN", "tcp-fin", "normal", "none")]
    [InlineData("TCP RST - client", "tcp-rst-client", "reset", "client")]
    [InlineData("TCP RST \u2013 client", "tcp-rst-client", "reset", "client")]
    [InlineData("TCP RST - server", "tcp-rst-server", "reset", "server")]
    [InlineData("appid policy lookup deny", "policy-deny", "policy", "device")]
    [InlineData("mitigation tdb", "threat", "security", "device")]
    [InlineData("resource limit", "resource-limit", "resource", "device")]
    [InlineData("host service", "host-service", "policy", "device")]
    public void Every_tracker_stage_has_its_code(string raw, string code, string endClass, string side) =>
        AssertMeans(raw, code, endClass, side);

    [Theory]
    [InlineData("Closed by a plug-in of next year")]
    [InlineData("Closed by junos-idpx/strict")]
    [InlineData("TCP FIN and more")]
    [InlineData("TCP FIN/strict")]
    [InlineData("a text so long that no listed reason can begin with it, whatever it goes on to say after its first ninety-six bytes")]
    [InlineData("/")]
    [InlineData("ha\0x")]
    [InlineData("tcpfin")]
    public void A_text_that_is_not_listed_is_unknown_and_says_so(string raw)
    {
        Assert.Equal(EndReason.Unknown, EndReasons.Parse(Encoding.UTF8.GetBytes(raw), out bool listed));
        Assert.False(listed);
    }

    [Fact]
    public void The_table_has_one_row_per_reason_in_its_order_and_each_text_leads_to_its_row()
    {
        Assert.Equal(Enum.GetValues<EndReason>(), EndReasons.All.Select(row => row.Reason));
        Assert.All(EndReasons.All, row => Assert.All(row.Texts, text =>
        {
            Assert.Equal(row.Reason, EndReasons.Parse(Encoding.UTF8.GetBytes(text), out bool listed));
            Assert.True(listed);
        }));
    }

    [Fact]
    public void Letter_case_and_what_stands_between_the_words_do_not_matter()
    {
        string[] texts = [.. EndReasons.All.SelectMany(row => row.Texts).Where(text => !text.EndsWith("/*", StringComparison.Ordinal))];
        Properties.Check(
            Gen.Choose(0, (texts.Length * Separators.Length) - 1),
            choice =>
            {
                string text = texts[choice / Separators.Length];
                string[] words = text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
                string written = $" {string.Join(Separators[choice % Separators.Length], words)} ";
                EndReason expected = EndReasons.Parse(Encoding.UTF8.GetBytes(text), out _);
                Assert.Equal(expected, EndReasons.Parse(Encoding.UTF8.GetBytes(written), out _));
                Assert.Equal(expected, EndReasons.Parse(Encoding.UTF8.GetBytes(written.ToUpperInvariant()), out bool listed));
                Assert.True(listed);
            });
    }

    [Fact]
    public void Any_bytes_have_a_reason_and_none_of_them_an_exception() => Properties.Check<byte[]>(bytes =>
    {
        EndReason reason = EndReasons.Parse(bytes, out bool listed);
        Assert.True(listed || reason == EndReason.Unknown);
    });

    private static void AssertMeans(string raw, string code, string endClass, string side)
    {
        EndReason reason = EndReasons.Parse(Encoding.UTF8.GetBytes(raw), out bool listed);
        Assert.True(listed);
        Assert.Equal(code, Encoding.UTF8.GetString(reason.Code().Span));
        Assert.Equal(endClass, Encoding.UTF8.GetString(reason.Row().Class.Code().Span));
        Assert.Equal(side, Encoding.UTF8.GetString(reason.Row().Side.Code().Span));
        Assert.Equal(code is not ("ha" or "route-change" or "not-ended"), reason.Row().Terminal);
    }
}
