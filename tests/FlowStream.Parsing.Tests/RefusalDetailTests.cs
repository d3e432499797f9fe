using System.Text;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

public sealed class RefusalDetailTests
{
    [Fact]
    public void The_detail_shows_place_field_and_the_bytes_around() => Assert.Equal(
        "byte 20, field source_port: \"efghijklmnopqrst70000\\\" z\"",
        Detail(new Refusal(RefusalReason.BadNumber, 20, Field.SourcePort), "abcdefghijklmnopqrst70000\" z"));

    [Fact]
    public void What_cannot_be_printed_is_escaped() => Assert.Equal(
        """byte 0: "\x00\xFF\\\"\x0A" """.TrimEnd(),
        Detail(new Refusal(RefusalReason.NoSyslogHeader), "\0\u00FF\\\"\n"));

    [Fact]
    public void An_empty_message_has_only_a_place() => Assert.Equal("byte 0", Detail(new Refusal(RefusalReason.Empty), ""));

    [Fact]
    public void Any_bytes_at_any_place_fit_and_are_printable() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            byte[] message = new byte[random.Next(200)];
            if (random.Next(2) == 0) random.NextBytes(message);
            var refusal = new Refusal(RefusalReason.BadNumber, random.Next(-1, 300), Field.DestinationInterfaceName);
            string detail = Detail(refusal, Encoding.Latin1.GetString(message));
            Assert.All(detail, c => Assert.InRange(c, ' ', '~'));
        });

    [Fact]
    public void Too_little_room_is_refused() =>
        Assert.Throws<ArgumentException>(() => RefusalDetail.Write(default, [], new byte[RefusalDetail.MaxBytes - 1]));

    private static string Detail(in Refusal refusal, string message)
    {
        byte[] destination = new byte[RefusalDetail.MaxBytes];
        return Encoding.ASCII.GetString(destination, 0, RefusalDetail.Write(refusal, Encoding.Latin1.GetBytes(message), destination));
    }
}
