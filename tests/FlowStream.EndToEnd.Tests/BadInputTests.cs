using System.Net;
using System.Text;
using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>What the network sends that is no syslog: each counted with its reason, none stops anything.</summary>
public sealed class BadInputTests
{
    // The beginning of a JPEG file (JFIF), which holds line feeds, NULs and bytes that are no UTF-8.
    private static readonly byte[] Jpeg =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, .. "JFIF\0"u8, 1, 1, 0, 0, 0x48, 0, 0x48, 0, 0, 0xFF, 0xDB, 10, 0, 0x43];

    private const string Good =
        "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.129 source-address=\"192.0.2.1\" " +
        "source-port=\"50000\" destination-address=\"198.51.100.1\" destination-port=\"443\" service-name=\"junos-https\" " +
        "protocol-id=\"6\" icmp-type=\"0\" policy-name=\"deny-all\" source-zone-name=\"trust\" destination-zone-name=\"untrust\"]";

    [Fact]
    public async Task Garbage_on_every_port_is_counted_and_stops_nothing()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("flowstream-e2e-");
        using var up = new UpProcess(folder.FullName);
        byte[] noise = new byte[50_000];
        new Random(4).NextBytes(noise);

        await UpProcess.SendAsync(up.Syslog, Encoding.ASCII.GetBytes(new string('x', 1_000_000) + "\n"));
        await UpProcess.SendAsync(up.Syslog, noise);
        await UpProcess.SendAsync(up.Syslog, "500 <14>1 never finished"u8.ToArray());
        await UpProcess.SendAsync(up.Syslog, Jpeg);
        await UpProcess.SendAsync(IPEndPoint.Parse(up.Bootstrap), Jpeg);
        await UpProcess.SendAsync(IPEndPoint.Parse(up.Bootstrap), noise);
        up.SendDatagram([]);
        up.SendDatagram(Jpeg);
        up.SendDatagram(Encoding.ASCII.GetBytes(Good));

        await Eventually.HoldsAsync(() => up.Tail("flow.denials.v1").Count == 1, $"the good message after all the bad ones\n{up.Errors}");
        List<string> letters = up.Tail("flow.deadletter.v1");
        string account = up.Stop();

        Assert.Contains(letters, letter => letter.Contains("JFIF", StringComparison.Ordinal));
        Assert.All(letters, letter => Assert.Contains("\"reason\":\"", letter, StringComparison.Ordinal));
        Assert.Matches(@"udp://\S+: received 3 = sent 2 \+ rejected 1 empty=1;", account);
        Assert.Matches(@"tcp://\S+: received \d+ = sent \d+ \+ rejected \d+ .*too-long=1.* unfinished-frame=1", account);
        Assert.Matches(@"kafka: taken (\d+) = acknowledged \1 ", account);
        Assert.Equal(2, up.Errors.Split('\n').Count(line => line.Contains("no Kafka request", StringComparison.OrdinalIgnoreCase)));
        folder.Delete(true);
    }
}
