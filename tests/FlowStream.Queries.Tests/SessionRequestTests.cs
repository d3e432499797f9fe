using FlowStream.Testing;

namespace FlowStream.Queries.Tests;

public sealed class SessionRequestTests
{
    [Fact]
    public void Every_filter_is_read_by_its_name()
    {
        (string, string)[] values =
        [
            ("source-prefix", "10/8"), ("destination-prefix", "2001:db8::/32"), ("source-port", "0"), ("destination-port", "65535"),
            ("protocol", "TCP"), ("interface", "ge-0/0/0.0"), ("application", "junos-https"), ("session-identifier", "9223372036854775807"),
            ("device", "fw1"), ("limit", "1"), ("remembered", "true"),
        ];
        Assert.True(TryParse(values, out SessionRequest request, out string error), error);
        Assert.NotNull(request.Filter.SourcePrefix);
        Assert.NotNull(request.Filter.DestinationPrefix);
        Assert.Equal((ushort)0, request.Filter.SourcePort);
        Assert.Equal((ushort)65535, request.Filter.DestinationPort);
        Assert.Equal((byte)6, request.Filter.Protocol);
        Assert.Equal("ge-0/0/0.0", request.Filter.Interface);
        Assert.Equal("junos-https", request.Filter.Application);
        Assert.Equal(long.MaxValue, request.Filter.SessionId);
        Assert.Equal("fw1", request.Filter.Device);
        Assert.True(request.Filter.Remembered);
        Assert.Equal(1, request.Limit);
        Assert.Equal(FilterParameters.All.Count + 2, values.Length);
    }

    [Theory]
    [InlineData("source-prefix", "10/99")]
    [InlineData("source-prefix", "\u0660/8")]
    [InlineData("source-port", "65536")]
    [InlineData("source-port", "-1")]
    [InlineData("destination-port", " 1")]
    [InlineData("protocol", "256")]
    [InlineData("protocol", "nonsense")]
    [InlineData("session-identifier", "0x1")]
    [InlineData("session-identifier", "9223372036854775808")]
    [InlineData("device", "")]
    [InlineData("interface", "")]
    [InlineData("limit", "0")]
    [InlineData("limit", "99999999999999999999")]
    [InlineData("remembered", "maybe")]
    [InlineData("no-such-filter", "1")]
    [InlineData("Source-Port", "1")]
    public void A_value_that_is_none_is_refused_with_its_name(string name, string value)
    {
        Assert.False(TryParse([(name, value)], out _, out string error));
        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void A_filter_given_twice_and_one_too_long_are_refused()
    {
        Assert.False(TryParse([("device", "fw1"), ("device", "fw1")], out _, out string error));
        Assert.Contains("twice", error, StringComparison.Ordinal);
        Assert.False(TryParse([("device", new string('x', 257))], out _, out error));
        Assert.Contains("longer", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_in_one_printable_line() => Properties.Check<(string Name, string Value)[]>(values =>
    {
        bool read = TryParse([.. values.Select(one => (one.Name ?? "", one.Value ?? ""))], out _, out string error);
        Assert.Equal(read, error.Length == 0);
        Assert.True(error.Length < 1000);
        Assert.DoesNotContain(error, char.IsControl);
    });

    private static bool TryParse((string Name, string Value)[] values, out SessionRequest request, out string error) =>
        SessionRequest.TryParse(values.Select(one => KeyValuePair.Create(one.Name, one.Value)), out request, out error);
}
