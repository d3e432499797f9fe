using System.Globalization;
using System.Text;

namespace FlowStream.Producers.Simulation;

/// <summary>One session, or one attempt that the policy refused, and how its device words what it says about it.</summary>
internal sealed class SimulatedSession
{
    private const string NotAvailable = "N/A";

    /// <summary>The device.</summary>
    public required SimulatedDevice Device { get; init; }

    /// <summary>Place among all sessions, from 0.</summary>
    public required long Number { get; init; }

    /// <summary>The device's id; 0 for a denial.</summary>
    public required long Id { get; init; }

    /// <summary>When it began, Unix milliseconds.</summary>
    public required long StartMs { get; init; }

    /// <summary>How long it lives; whole seconds when there are updates, whose timer counts the session's age in them.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Its traffic; null for a denial.</summary>
    public TrafficCurve? Traffic { get; init; }

    /// <summary>Its application.</summary>
    public required SimulatedApplication Application { get; init; }

    /// <summary>Age at which the application is identified, milliseconds.</summary>
    public long IdentifiedAfterMs { get; init; }

    /// <summary>Age at which the nested application is identified, milliseconds.</summary>
    public long NestedAfterMs { get; init; }

    /// <summary>Client address.</summary>
    public required string Source { get; init; }

    /// <summary>Client port, or the ICMP id.</summary>
    public required int SourcePort { get; init; }

    /// <summary>Server address.</summary>
    public required string Destination { get; init; }

    /// <summary>Server port, or the ICMP sequence number.</summary>
    public required int DestinationPort { get; init; }

    /// <summary>Source after NAT; the same as before when there is none.</summary>
    public required (string Address, int Port) NatSource { get; init; }

    /// <summary>Destination after NAT; the same as before when there is none.</summary>
    public required (string Address, int Port) NatDestination { get; init; }

    /// <summary>Policy that permitted or refused it.</summary>
    public required string Policy { get; init; }

    /// <summary>Zone of the client.</summary>
    public required string SourceZone { get; init; }

    /// <summary>Zone of the server.</summary>
    public required string DestinationZone { get; init; }

    /// <summary>User, or N/A.</summary>
    public string Username { get; init; } = NotAvailable;

    /// <summary>Roles of the user, or N/A.</summary>
    public string Roles { get; init; } = NotAvailable;

    /// <summary>Why it ended.</summary>
    public CloseReason Reason { get; init; } = CloseReason.Inferred;

    /// <summary>What RT_FLOW makes of the reason.</summary>
    public CloseReason RtFlowReason { get; init; } = CloseReason.Inferred;

    /// <summary>Messages that were written, each once, in the order in which they were sent.</summary>
    public List<SimulatedMessage> Written { get; } = [];

    /// <summary>Messages on their way.</summary>
    public int OnTheWay { get; set; }

    /// <summary>Updates that got lost since the last that did not.</summary>
    public int LostInARow { get; set; }

    /// <summary>True once the last message was sent.</summary>
    public bool Ended { get; set; }

    /// <summary>True when a nested application can be identified.</summary>
    public bool HasNested => Application.Nested is not ("UNKNOWN" or "INCONCLUSIVE");

    /// <summary>True when its NAT changes the source.</summary>
    public bool HasSourceNat => NatSource != (Source, SourcePort);

    /// <summary>True when its NAT changes the destination.</summary>
    public bool HasDestinationNat => NatDestination != (Destination, DestinationPort);

    /// <summary>Words a message at age <paramref name="ageMs"/> with the given keys.</summary>
    public SimulatedMessage Word(string tag, string[] keys, long ageMs)
    {
        bool rtFlow = tag.StartsWith("RT_FLOW", StringComparison.Ordinal);
        bool counts = keys.Contains("elapsed-time");
        SimulatedVolume volume = Traffic?.At(ageMs) ?? default;
        CloseReason reason = rtFlow ? RtFlowReason : Reason;
        (string, string)[] fields = [.. keys.Select(key => (Name(key), Value(key, ageMs, volume, rtFlow ? RtFlowText : Reason.Text)))];
        long timeMs = Printed(StartMs + ageMs, out string time);
        var line = new StringBuilder(1536);
        line.Append(CultureInfo.InvariantCulture, $"<14>1 {time} {Device.Host} RT_FLOW - {tag} [{Device.Model.SdId}");
        foreach ((string key, string value) in fields) line.Append(CultureInfo.InvariantCulture, $" {key}=\"{value}\"");
        byte[] bytes = Encoding.ASCII.GetBytes(line.Append(']').ToString());
        CloseReason? said = tag.EndsWith("_CLOSE", StringComparison.Ordinal) ? reason : null;
        // The counters of AppQoE are those of what it watched.
        bool totals = counts && !tag.StartsWith("APPQOE", StringComparison.Ordinal);
        return new SimulatedMessage(tag, timeMs, counts ? ageMs / 1000 : null, totals ? volume : null, said, fields, bytes);
    }

    private string RtFlowText => Device.Model.AppendsNotAvailable ? RtFlowReason.Text + " N/A" : RtFlowReason.Text;

    private long Printed(long timeMs, out string text)
    {
        SimulatedModel model = Device.Model;
        int offset = model.OffsetMinutes ?? 0;
        (char sign, int size) = (offset < 0 ? '-' : '+', Math.Abs(offset));
        string zone = model.OffsetMinutes switch
        {
            null => "",
            0 => "Z",
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{size / 60:00}:{size % 60:00}"),
        };
        DateTime local = DateTime.UnixEpoch.AddMilliseconds(timeMs).AddMinutes(offset);
        text = local.ToString(model.TimeFormat, CultureInfo.InvariantCulture) + zone;
        return model.TimeFormat.EndsWith("fff", StringComparison.Ordinal) ? timeMs : timeMs - (timeMs % 1000);
    }

    // Releases before 2018 print "No " with a blank; the padded form has a key of its own in the model.
    private static string Name(string key) => key == "encrypted-padded" ? "encrypted" : SessionChanges.Name(key);

    private string Value(string key, long ageMs, in SimulatedVolume volume, string reason) => key switch
    {
        "reason" => Traffic is null ? "Denied by policy" : reason,
        "packets-from-client" => Text(volume.ClientPackets),
        "bytes-from-client" => Text(volume.ClientBytes),
        "packets-from-server" => Text(volume.ServerPackets),
        "bytes-from-server" => Text(volume.ServerBytes),
        "elapsed-time" => Text(ageMs / 1000),
        "application" => ageMs < IdentifiedAfterMs ? "UNKNOWN" : Application.Application,
        "nested-application" => ageMs < NestedAfterMs ? "UNKNOWN" : Application.Nested,
        "encrypted" => ageMs < IdentifiedAfterMs ? "UNKNOWN" : Application.Encrypted,
        "encrypted-padded" => ageMs < IdentifiedAfterMs ? "UNKNOWN" : Application.Encrypted.PadRight(3),
        "application-category" or "category" => ageMs < IdentifiedAfterMs ? NotAvailable : Application.Category,
        "application-sub-category" or "sub-category" => ageMs < IdentifiedAfterMs ? NotAvailable : Application.SubCategory,
        "application-risk" => ageMs < IdentifiedAfterMs ? "-1" : Text(Application.Risk),
        _ => SessionChanges.Value(key, ageMs, volume) ?? FlowValue(key),
    };

    private string FlowValue(string key) => key switch
    {
        "source-address" => Source,
        "source-port" => Text(SourcePort),
        "destination-address" => Destination,
        "destination-port" => Text(DestinationPort),
        "protocol-id" => Text(Application.Protocol),
        "icmp-type" => Application.Protocol == 1 ? "8" : "0",
        "session-id" or "session-id-32" => Text(Id),
        "service-name" => Application.Service,
        "nat-source-address" => NatSource.Address,
        "nat-source-port" => Text(NatSource.Port),
        "nat-destination-address" => NatDestination.Address,
        "nat-destination-port" => Text(NatDestination.Port),
        "src-nat-rule-name" => HasSourceNat ? "outbound-1" : Device.Model.RtFlowClose.Length == 0 ? "None" : NotAvailable,
        "dst-nat-rule-name" => HasDestinationNat ? "published web" : Device.Model.RtFlowClose.Length == 0 ? "None" : NotAvailable,
        "src-nat-rule-type" => HasSourceNat ? "source rule" : NotAvailable,
        "dst-nat-rule-type" => HasDestinationNat ? "destination rule" : NotAvailable,
        "policy-name" => Policy,
        "source-zone-name" => SourceZone,
        "destination-zone-name" => DestinationZone,
        "username" => Username,
        "roles" => Roles,
        _ => DeviceValue(key),
    };

    private static string DeviceValue(string key) => key switch
    {
        "packet-incoming-interface" => "ge-0/0/1.0",
        "destination-interface-name" => "ge-0/0/0.0",
        "routing-instance" => "default",
        "connection-tag" or "nat-connection-tag" or "session-flag" => "0",
        "peer-session-id" or "peer-source-port" or "peer-destination-port" => "0",
        "peer-source-address" or "peer-destination-address" => "0.0.0.0",
        "secure-web-proxy-session-type" => "NA",
        "hostname" => "NA NA",
        "tunnel-inspection" => "Off",
        "tunnel-inspection-policy-set" => "root",
        _ => NotAvailable,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
