using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// Which message structured data belongs to that lost its tag on the way: decided by the keys that only one message has and the keys that
/// it never has, in the layouts of the Junos syslog explorer and the AppTrack documentation. What they leave open is not guessed.
/// </summary>
internal static class TagInference
{
    private const int FlowOnly = 1;
    private const int TrackOnly = 2;
    private const int Reason = 4;
    private const int Counters = 8;
    private const int Elapsed = 16;
    private const int Session = 32;
    private const int Nat = 64;
    private const int IcmpType = 128;
    private const int Profile = 256;
    private const int Foreign = 512;

    private const int All = (Foreign << 1) - 1;

    // Keys and what they say. Foreign ones belong to messages that look like others and are not told apart here.
    private static readonly (string Keys, int Sign)[] Signs =
    [
        ("packet-incoming-interface connection-tag nat-connection-tag session-flag", FlowOnly),
        ("destination-interface-name uplink-incoming-interface-name", TrackOnly),
        ("profile-name rule-name routing-instance", TrackOnly | Profile),
        ("reason", Reason),
        ("packets-from-client bytes-from-client", Counters),
        ("elapsed-time", Elapsed),
        ("session-id session-id-32", Session),
        ("nat-source-address", Nat),
        ("icmp-type", IcmpType),
        ("last-destination-interface-name last-incoming-interface-name sla-rule monitoring-time active-probe-params probe-count", Foreign),
    ];

    private static readonly NameTable Keys = new([.. Signs.SelectMany(s => s.Keys.Split(' ')).Select(System.Text.Encoding.ASCII.GetBytes)]);

    private static readonly int[] SignOfKey = [.. Signs.SelectMany(s => s.Keys.Split(' ').Select(_ => s.Sign))];

    // The signs that must all be there; of the signs beside them and Optional, none may be.
    private static readonly (int Signs, int Optional, int Tag)[] Messages =
    [
        (FlowOnly | Session | Nat, 0, TagTable.NumberOf("RT_FLOW_SESSION_CREATE"u8)),
        (FlowOnly | Session | Nat | Reason | Counters | Elapsed, 0, TagTable.NumberOf("RT_FLOW_SESSION_CLOSE"u8)),
        (IcmpType, FlowOnly | Session | Reason, TagTable.NumberOf("RT_FLOW_SESSION_DENY"u8)),
        (TrackOnly | Session | Nat, 0, TagTable.NumberOf("APPTRACK_SESSION_CREATE"u8)),
        (TrackOnly | Session | Nat | Counters | Elapsed, Profile, TagTable.NumberOf("APPTRACK_SESSION_VOL_UPDATE"u8)),
        (TrackOnly | Session | Nat | Reason | Counters | Elapsed, Profile, TagTable.NumberOf("APPTRACK_SESSION_CLOSE"u8)),
        (TrackOnly | Session | Nat | Profile, 0, TagTable.NumberOf("APPTRACK_SESSION_ROUTE_UPDATE"u8)),
    ];

    /// <summary>
    /// The number in <see cref="TagTable"/> of the message that the structured data at <paramref name="position"/> belongs to, or 0 when
    /// that is not certain.
    /// </summary>
    public static int FromFields(ReadOnlySpan<byte> message, int position)
    {
        int signs = 0;
        var reader = new StructuredDataReader(message, position);
        while (reader.MoveNext())
        {
            int key = Keys.Find(message.Slice(reader.Key.Offset, reader.Key.Length));
            if (key >= 0) signs |= SignOfKey[key];
        }
        foreach ((int required, int optional, int tag) in Messages)
        {
            if ((signs & required) == required && (signs & (All & ~(required | optional))) == 0) return tag;
        }
        return 0;
    }
}
