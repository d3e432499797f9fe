using System.Text;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class ExtensionTimeTests
{
    [Theory]
    [InlineData("May 01 2026 08:28:10", "2026-05-01T08:28:10.000")]
    [InlineData("May 1 2026 08:28:10", "2026-05-01T08:28:10.000")]
    [InlineData("May  1 2026 08:28:10", "2026-05-01T08:28:10.000")]
    [InlineData("Dec 31 2026 23:59:59.123", "2026-12-31T23:59:59.123")]
    [InlineData("May 01 2026 08:28:10 GMT", "2026-05-01T08:28:10.000Z")]
    [InlineData("May 01 2026 08:28:10.5 UTC", "2026-05-01T08:28:10.500Z")]
    [InlineData("May 01 2026 08:28:10 GMT+02:00", "2026-05-01T06:28:10.000Z")]
    [InlineData("May 01 2026 08:28:10 -0730", "2026-05-01T15:58:10.000Z")]
    [InlineData("May 01 2026 08:28:10 CEST", "2026-05-01T08:28:10.000")]
    [InlineData("1777624090123", "2026-05-01T08:28:10.123Z")]
    public void Times_are_read(string text, string expected)
    {
        Assert.True(ExtensionTime.TryRead(Encoding.ASCII.GetBytes(text), out DeviceTime time));
        Assert.Equal(expected, EventFields.Format(time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("177762409012")]
    [InlineData("177762409012x")]
    [InlineData("Foo 01 2026 08:28:10")]
    [InlineData("anF 01 2026 08:28:10")]
    [InlineData("Feb 30 2026 08:28:10")]
    [InlineData("May 01 2026 24:28:10")]
    [InlineData("May 01 26 08:28:10 GMT")]
    [InlineData("May 001 2026 08:28:10")]
    [InlineData("May 01 2026 08:28:10.1234567890123456789")]
    public void What_is_no_time_is_not_read(string text) => Assert.False(ExtensionTime.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
