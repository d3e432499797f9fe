using System.Text;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class PanosTimeTests
{
    [Theory]
    [InlineData("2026/05/01 08:28:11", "2026-05-01T08:28:11.000", false)]
    [InlineData("2024/02/29 23:59:59", "2024-02-29T23:59:59.000", false)]
    [InlineData("2026-05-01T08:28:11.104+02:00", "2026-05-01T06:28:11.104Z", false)]
    [InlineData("2026-05-01T08:28:11.104999Z", "2026-05-01T08:28:11.104Z", false)]
    [InlineData("5/1/2026 8:28", "2026-05-01T08:28:00.000", true)]
    [InlineData("5/13/2026 18:28", "2026-05-13T18:28:00.000", true)]
    [InlineData("13/5/2026 8:28:09", "2026-05-13T08:28:09.000", true)]
    [InlineData("2026/5/1 8:28", "2026-05-01T08:28:00.000", true)]
    [InlineData("13-05-2026 08:28", "2026-05-13T08:28:00.000", true)]
    public void A_time_is_read(string text, string expected, bool fromSpreadsheet)
    {
        Assert.True(PanosTime.TryRead(Encoding.ASCII.GetBytes(text), out DeviceTime time, out bool repaired));
        Assert.Equal(expected, EventFields.Format(time));
        Assert.Equal(fromSpreadsheet, repaired);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("2020/00/00 00:00:00")]
    [InlineData("2026/02/29 00:00:00")]
    [InlineData("2026/05/01 24:00:00")]
    [InlineData("2026/05/01 08:28:1x")]
    [InlineData("2026-05/01 08:28:11")]
    [InlineData("13/13/2026 8:28")]
    [InlineData("5/1/26 8:28")]
    [InlineData("5/1/2026")]
    [InlineData("5/1/2026 8")]
    [InlineData("5/1/2026 8:28:")]
    [InlineData("5/1/2026 8:28 PM")]
    [InlineData("99999999999/1/1 1:1")]
    [InlineData("{{ time }}")]
    public void What_is_no_time_is_not_read(string text) =>
        Assert.False(PanosTime.TryRead(Encoding.ASCII.GetBytes(text), out _, out _));
}
