using System.Text;
using FlowStream.Parsing.Headers;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Headers;

public sealed class LegacyHeaderTests
{
    private static readonly string[] Messages =
    [
        "<14>May  1 08:28:10 edge-fw1 RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 192.0.2.1/1->198.51.100.1/2 0x0 x",
        "<190>Dec 31 23:59:59 fw1.example.net RT_FLOW: APPTRACK_SESSION_CREATE [junos@2636.1.1.1.2.129 source-address=\"192.0.2.1\"]",
        "<14>Feb 29 00:00:00 pa_1 1,2026/05/01 08:28:10,001801000001,TRAFFIC,end,2561,",
        "<14>May  1 08:28:15 pa-fw1 CEF:0|Palo Alto Networks|PAN-OS|11.1.2|end|TRAFFIC|1|src=192.0.2.1",
        "<14>May  1 08:28:15 pa-fw1 LEEF:2.0|Palo Alto Networks|PAN-OS Syslog Integration|11.1.2|allow|x7C|src=192.0.2.1",
    ];

    [Fact]
    public void The_usual_headers_are_read() => Assert.All(
        Messages, message => Assert.True(LegacyHeader.TryRead(Encoding.ASCII.GetBytes(message), out _)));

    [Fact]
    public void What_is_read_is_what_the_reader_of_all_headers_finds() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            byte[] message = Encoding.ASCII.GetBytes(Damaged(Messages[random.Next(Messages.Length)], random));
            if (!LegacyHeader.TryRead(message, out MessageHeader header)) return;
            var scanner = new HeaderScanner(message);
            Assert.True(scanner.Read(out MessageHeader scanned).Accepted);
            Assert.Equal(scanned, header);
        },
        count: 20_000);

    private static string Damaged(string message, Random random)
    {
        const string Bytes = " \t\n<>:.,-_[]%0123456789abzRTA\u00EF\"=";
        string[] words = ["local7.info", "RT_FLOW: ", "May  1 08:28:10 ", "1 ", "<14>", "- ", "session closed ", "x ", "2026 ", "message"];
        const int Front = 70;
        for (int i = random.Next(3); i >= 0; i--)
        {
            int at = random.Next(Front);
            message = random.Next(3) switch
            {
                0 => message.Remove(at, random.Next(1, 4)),
                1 => message.Insert(at, words[random.Next(words.Length)]),
                _ => message[..at] + Bytes[random.Next(Bytes.Length)] + message[(at + 1)..],
            };
        }
        return message;
    }
}
