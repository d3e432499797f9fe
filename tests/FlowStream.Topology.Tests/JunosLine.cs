using System.Globalization;
using System.Text;

namespace FlowStream.Topology.Tests;

/// <summary>Lines as a Junos device prints them: structured RT_FLOW and AppTrack messages of made-up sessions.</summary>
internal static class JunosLine
{
    public static byte[] Create(int session, long time) => Line("RT_FLOW_SESSION_CREATE", session, time);

    public static byte[] Update(int session, long time, long elapsedSeconds, long bytes, string application = "HTTP") =>
        Line("APPTRACK_SESSION_VOL_UPDATE", session, time, Totals(bytes) + Elapsed(elapsedSeconds) + Application(application));

    public static byte[] Close(
        int session, long time, long elapsedSeconds, long bytes, string application = "HTTP", string reason = "TCP FIN",
        string fields = "") =>
        Line(
            "RT_FLOW_SESSION_CLOSE", session, time,
            $" reason=\"{reason}\"" + Totals(bytes) + Elapsed(elapsedSeconds) + Application(application) + fields);

    public static byte[] Deny(int session, long time) => Line("RT_FLOW_SESSION_DENY", session, time, " reason=\"policy deny\"");

    private static string Totals(long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $" packets-from-client=\"{bytes / 100}\" bytes-from-client=\"{bytes}\""
        + $" packets-from-server=\"7\" bytes-from-server=\"{bytes * 3}\"");

    private static string Elapsed(long seconds) => string.Create(CultureInfo.InvariantCulture, $" elapsed-time=\"{seconds}\"");

    private static string Application(string name) => $" application=\"{name}\"";

    private static byte[] Line(string tag, int session, long time, string fields = "")
    {
        string program = tag.StartsWith("RT", StringComparison.Ordinal) ? "RT_FLOW" : "AppTrack";
        string stamp = DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string id = tag == "RT_FLOW_SESSION_DENY" ? "" : string.Create(CultureInfo.InvariantCulture, $" session-id-32=\"{session}\"");
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"<14>1 {stamp} fw1 {program} - {tag} [junos@2636.1.1.1.2.129 source-address=\"192.0.2.{session % 250}\""
            + $" source-port=\"{20_000 + (session % 40_000)}\" destination-address=\"198.51.100.7\" destination-port=\"443\""
            + $" protocol-id=\"6\" policy-name=\"permit-web\" source-zone-name=\"trust\" destination-zone-name=\"untrust\"{id}{fields}]"));
    }
}
