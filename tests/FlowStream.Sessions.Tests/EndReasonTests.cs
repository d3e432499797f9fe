using System.Text;

namespace FlowStream.Sessions.Tests;

public sealed class EndReasonTests
{
    [Theory]
    [InlineData("unset", "install-unset", "unknown", "none")]
    [InlineData("TCP RST", "tcp-rst", "reset", "none")]
    [InlineData("TCP CLIENT RST", "tcp-rst-client", "reset", "client")]
    [InlineData("TCP SERVER RST", "tcp-rst-server", "reset", "server")]
    [InlineData("TCP FIN", "tcp-fin", "normal", "none")]
    [InlineData("response received", "response-received", "normal", "server")]
    [InlineData("ICMP error", "icmp-error", "reset", "none")]
    [InlineData("aged out", "aged-out", "timeout", "device")]
    [InlineData("idle Timeout", "aged-out", "timeout", "device")]
    [InlineData("idle Timeout N/A", "aged-out", "timeout", "device")]
    [InlineData("ALG", "alg", "infra", "device")]
    [InlineData("Closed by junos-alg", "alg", "infra", "device")]
    [InlineData("HA", "ha", "infra", "device")]
    [InlineData("HA N/A", "ha", "infra", "device")]
    [InlineData("auth", "auth", "policy", "device")]
    [InlineData("IDP", "security-service", "security", "device")]
    [InlineData("Closed by junos-idp/strict", "security-service", "security", "device")]
    [InlineData("application failure or action", "security-service", "security", "device")]
    [InlineData("synproxy failure", "syn-proxy", "infra", "device")]
    [InlineData("synproxy limit", "resource-limit", "resource", "device")]
    [InlineData("CP NACK", "resource-limit", "resource", "device")]
    [InlineData("parent closed", "parent-closed", "infra", "device")]
    [InlineData("CLI", "cli", "admin", "device")]
    [InlineData("CP delete", "forwarding", "infra", "device")]
    [InlineData("fwd session", "forwarding", "infra", "device")]
    [InlineData("policy delete", "policy-delete", "policy", "device")]
    [InlineData("Closed by junos-dynapp", "policy-deny", "policy", "device")]
    [InlineData("multicast route change", "route-change", "infra", "device")]
    [InlineData("first path reroute, session recreated", "route-change", "infra", "device")]
    [InlineData("source NAT allocation failure", "nat-failure", "resource", "device")]
    [InlineData("other", "other", "unknown", "none")]
    [InlineData("error create IKE pass-through template", "tunnel-error", "infra", "device")]
    [InlineData("IKE pass-through child session ageout", "tunnel-error", "infra", "device")]
    [InlineData("sess timeout on pending state", "pending-timeout", "timeout", "device")]
    [InlineData("unknown", "unknown", "unknown", "none")]
    [InlineData("", "unknown", "unknown", "none")]
    [InlineData("  tcp   FIN ", "tcp-fin", "normal", "none")]
    public void Every_text_that_Junos_prints_has_its_code(string raw, string code, string endClass, string side)
    {
        EndReason reason = EndReasons.Parse(Encoding.UTF8.GetBytes(raw), out bool listed);
        Assert.True(listed);
        Assert.Equal(code, Encoding.UTF8.GetString(reason.Code().Span));
        Assert.Equal(endClass, Encoding.UTF8.GetString(reason.Row().Class.Code().Span));
        Assert.Equal(side, Encoding.UTF8.GetString(reason.Row().Side.Code().Span));
        Assert.Equal(code is not ("ha" or "route-change"), reason.Row().Terminal);
    }

    [Theory]
    [InlineData("Closed by a plug-in of next year")]
    [InlineData("TCP FIN and more")]
    [InlineData("a text so long that no listed reason can begin with it, whatever it goes on to say after its first ninety-six bytes")]
    public void A_text_that_is_not_listed_is_unknown_and_says_so(string raw)
    {
        Assert.Equal(EndReason.Unknown, EndReasons.Parse(Encoding.UTF8.GetBytes(raw), out bool listed));
        Assert.False(listed);
    }

    [Fact]
    public void The_table_has_one_row_per_reason_in_its_order_and_no_text_twice()
    {
        Assert.Equal(Enum.GetValues<EndReason>(), EndReasons.All.Select(row => row.Reason));
        string[] texts = [.. EndReasons.All.SelectMany(row => row.Raw)];
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.All(texts, text => Assert.Equal(text.ToLowerInvariant(), text));
    }
}
