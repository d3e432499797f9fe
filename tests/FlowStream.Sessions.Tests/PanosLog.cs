using System.Globalization;
using System.Text;

namespace FlowStream.Sessions.Tests;

/// <summary>A PAN-OS TRAFFIC log as a model that prints itself as CSV with the columns of release 8.1.</summary>
internal sealed record PanosLog(string Subtype, long Start, long Elapsed)
{
    /// <summary>When the log was generated; an end log of PAN-OS comes some seconds after the end.</summary>
    public long Generated { get; init; } = Start + (Elapsed * 1000);

    public string Application { get; init; } = "ssl";

    public string User { get; init; } = "example\\kim";

    public string Serial { get; init; } = "012345678901";

    public (long Sent, long Received) Bytes { get; init; }

    public string NatSource { get; init; } = "0.0.0.0";

    public string NatDestination { get; init; } = "0.0.0.0";

    public string Reason { get; init; } = "n/a";

    public string Parent { get; init; } = "0";

    public byte[] Line() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"<14>May  1 08:28:11 edge-pa1 1,{Time(Generated)},{Serial},TRAFFIC,{Subtype},2049,{Time(Generated)},192.0.2.10,198.51.100.20,"
        + $"{NatSource},{NatDestination},allow-web,{User},,{Application},vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,{Time(Generated)},"
        + $"344092,1,51842,443,{(NatSource == "0.0.0.0" ? 0 : 20417)},{(NatDestination == "0.0.0.0" ? 0 : 8443)},0x400053,tcp,allow,"
        + $"{Bytes.Sent + Bytes.Received},{Bytes.Sent},{Bytes.Received},9,{Time(Start)},{Elapsed},any,0,730277,0x0,192.0.2.0-192.0.2.255,"
        + $"198.51.100.0-198.51.100.255,0,4,5,{Reason},0,0,0,0,,edge-pa1,from-policy,,,0,,{Parent},,N/A,0,0,0,0"));

    private static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
}
