using System.Globalization;
using System.Text.Unicode;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>
/// Messages about a number of sessions that stays the same once they are open: two of five close one that is open, two open another in its
/// place, one updates one. Which one is drawn evenly, so most were last touched long ago. A session then has half an update on average,
/// at any time and however many are open, as it has when they are opened. The same on every run.
/// </summary>
internal sealed class SessionTraffic
{
    /// <summary>When the first session begins, Unix milliseconds: 2026-05-01 08:00 UTC.</summary>
    public const long Begin = 1_777_622_400_000;

    private const int Users = 5000;

    private readonly uint[] _open;
    private readonly int[] _startMs;
    private readonly byte[] _line = new byte[1024];
    private uint _sessions;
    private long _total;
    private ulong _chance = 7;
    private int _closed = -1;

    /// <summary>Makes the traffic of <paramref name="count"/> open sessions.</summary>
    public SessionTraffic(int count)
    {
        _open = new uint[count];
        _startMs = new int[count];
        // Written to now, so that its own memory is there before that of the join is measured.
        Array.Fill(_open, 1u);
        Array.Fill(_startMs, 1);
    }

    /// <summary>Opens session <paramref name="index"/>.</summary>
    public void Open(int index, long timeMs, SessionEvent into)
    {
        _open[index] = ++_sessions;
        _startMs[index] = (int)(timeMs - Begin);
        Write(index, timeMs, "RT_FLOW_SESSION_CREATE", "", into);
    }

    /// <summary>Updates session <paramref name="index"/>.</summary>
    public void Update(int index, long timeMs, SessionEvent into) =>
        Write(index, timeMs, "APPTRACK_SESSION_VOL_UPDATE", "", into);

    /// <summary>The next message.</summary>
    public void Next(long timeMs, SessionEvent into)
    {
        if (_closed >= 0)
        {
            Open(_closed, timeMs, into);
            _closed = -1;
            return;
        }
        int index = (int)(Draw() % (uint)_open.Length);
        // Two of three close, and what they close is opened again by the next.
        if (Draw() % 3 == 0)
        {
            Update(index, timeMs, into);
            return;
        }
        _closed = index;
        Write(index, timeMs, "RT_FLOW_SESSION_CLOSE", " reason=\"TCP FIN\"", into);
    }

    private void Write(int index, long timeMs, string tag, string reason, SessionEvent into)
    {
        uint session = _open[index];
        long elapsed = (timeMs - Begin - _startMs[index]) / 1000;
        _total += 100;
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        bool fits = Utf8.TryWrite(
            _line,
            CultureInfo.InvariantCulture,
            $"<14>1 {time:yyyy-MM-ddTHH:mm:ss.fff}Z edge-fw{session % 8} RT_FLOW - {tag} [junos@2636.1.1.1.2.129{reason}"
            + $" source-address=\"192.0.2.{session % 250}\" source-port=\"{1024 + (session % 60_000)}\""
            + $" destination-address=\"198.51.100.{session / 250 % 250}\" destination-port=\"443\" service-name=\"junos-https\""
            + $" nat-source-address=\"203.0.113.9\" nat-source-port=\"{1024 + (session % 64_000)}\""
            + $" nat-destination-address=\"198.51.100.{session / 250 % 250}\" nat-destination-port=\"443\""
            + $" src-nat-rule-type=\"source rule\" src-nat-rule-name=\"outbound\" protocol-id=\"6\" policy-name=\"allow-web\""
            + $" source-zone-name=\"trust\" destination-zone-name=\"untrust\" session-id-32=\"{session}\""
            + $" packets-from-client=\"{_total / 50}\" bytes-from-client=\"{_total}\""
            + $" packets-from-server=\"{_total / 25}\" bytes-from-server=\"{_total * 4}\" elapsed-time=\"{elapsed}\""
            + $" application=\"SSL\" nested-application=\"EXAMPLE-{session % 40}\" username=\"user-{session % Users}\" roles=\"staff\""
            + $" packet-incoming-interface=\"ge-0/0/1.0\" encrypted=\"Yes\" application-risk=\"2\"]",
            out int length);
        Refusal refusal = fits ? SyslogParser.Parse(_line.AsSpan(0, length), into) : new Refusal(RefusalReason.TooLong);
        if (!refusal.Accepted) throw new InvalidDataException($"{tag}: {refusal}.");
    }

    // SplitMix64: evenly spread and the same everywhere.
    private uint Draw()
    {
        ulong z = _chance += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
