namespace FlowStream.Parsing.DeviceText;

/// <summary>One session as a device listed it on its terminal. Absent is what the device did not print or printed as "not there".</summary>
public sealed class DeviceSession
{
    private readonly object?[] _values = new object?[DeviceFields.Count];
    private readonly OrderedDictionary<string, string> _extras = [];

    /// <summary>Makes a session without fields.</summary>
    internal DeviceSession(DeviceListing listing, long line, string? deviceHost, string? node, string? unit)
    {
        Listing = listing;
        Line = line;
        DeviceHost = deviceHost;
        Node = node;
        Unit = unit;
    }

    /// <summary>The listing it stands in.</summary>
    public DeviceListing Listing { get; }

    /// <summary>The line at which it begins, from 1.</summary>
    public long Line { get; }

    /// <summary>The device's name as its prompt shows it, or null.</summary>
    public string? DeviceHost { get; }

    /// <summary>The node of a Junos chassis cluster, such as <c>node0</c>, or null.</summary>
    public string? Node { get; }

    /// <summary>The Junos services unit that the session is on, such as <c>FPC1 PIC0</c>, or null.</summary>
    public string? Unit { get; }

    /// <summary>What has no field, under the device's own key in lower case, <c>_</c> for what is neither letter nor digit.</summary>
    public IReadOnlyDictionary<string, string> Extras => _extras;

    /// <summary>
    /// Which end was translated: <c>none</c>, <c>source</c>, <c>destination</c> or <c>both</c>; null where the listing does not show the
    /// addresses after translation. It compares the addresses: PAN-OS prints <c>source + destination</c> for source translation too.
    /// </summary>
    public string? Nat
    {
        get
        {
            bool? source = Moved(
                DeviceField.SourceAddress, DeviceField.NatSourceAddress,
                DeviceField.SourcePort, DeviceField.NatSourcePort);
            bool? destination = Moved(
                DeviceField.DestinationAddress, DeviceField.NatDestinationAddress,
                DeviceField.DestinationPort, DeviceField.NatDestinationPort);
            if (source is null && destination is null) return null;
            return (source, destination) switch
            {
                (true, true) => "both",
                (true, _) => "source",
                (_, true) => "destination",
                _ => "none",
            };
        }
    }

    /// <summary>True when the listing has a value for <paramref name="field"/>.</summary>
    public bool Has(DeviceField field) => _values[(int)field] is not null;

    /// <summary>The value of a text field, or null.</summary>
    public string? Text(DeviceField field) => _values[(int)field] as string;

    /// <summary>The value of a number, port or protocol, or null.</summary>
    public long? Number(DeviceField field) => _values[(int)field] as long?;

    /// <summary>The value of an address field, or null.</summary>
    public IpAddress? Address(DeviceField field) => _values[(int)field] as IpAddress?;

    /// <summary>The value of a time field, or null.</summary>
    public DeviceTime? Time(DeviceField field) => _values[(int)field] as DeviceTime?;

    internal void Set(DeviceField field, object value) => _values[(int)field] ??= value;

    /// <summary>Adds an extra, unless there are too many. Of a key that comes twice the first value stands.</summary>
    internal bool TryAddExtra(string key, string value)
    {
        if (_extras.ContainsKey(key)) return true;
        if (_extras.Count == DeviceTextLimits.MaxExtras) return false;
        _extras.Add(key, value);
        return true;
    }

    // Null where the address or its translation is not known; a port that is not known does not count.
    private bool? Moved(DeviceField address, DeviceField natAddress, DeviceField port, DeviceField natPort)
    {
        if (Address(address) is not { } before || Address(natAddress) is not { } after) return null;
        return before != after || (Number(port) is { } from && Number(natPort) is { } to && from != to);
    }
}
