using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>Makes the record of a denial from its message. A denial never pairs with anything.</summary>
internal sealed class DenialFold
{
    // Fields of a message that a denial's schema has no place for, by the names that they have in the schema of sessions.
    private static readonly (Field Field, Utf8Text Key)[] ExtraFields =
    [
        (Field.Category, Utf8Text.From("category")),
        (Field.SubCategory, Utf8Text.From("sub_category")),
        (Field.DestinationInterfaceName, Utf8Text.From("destination_interface_name")),
        (Field.RoutingInstance, Utf8Text.From("routing_instance")),
        (Field.SourceNatRuleName, Utf8Text.From("src_nat_rule_name")),
        (Field.DestinationNatRuleName, Utf8Text.From("dst_nat_rule_name")),
    ];

    private readonly SessionStore _store;
    private readonly MessageReader _reader;
    private readonly ExtrasMerge _extras;
    private readonly RecordText _text = new();
    private int _extrasId;
    private int _device;
    private int _logicalSystem;
    private int _profile;
    private int _person;

    /// <summary>Makes a fold that shares the extras of <paramref name="store"/>.</summary>
    public DenialFold(SessionStore store, MessageReader reader)
    {
        _store = store;
        _reader = reader;
        _extras = new ExtrasMerge(store.Extras, 1);
    }

    /// <summary>The record that <see cref="Fold"/> fills; valid until the next call.</summary>
    public Denial Record { get; } = new();

    /// <summary>Fills <see cref="Record"/> with what <paramref name="e"/> says.</summary>
    public void Fold(SessionEvent e, ReadOnlySpan<byte> device, in EventTime time)
    {
        _text.Clear();
        Record.Clear();
        Record.Time = time.UnixMilliseconds;
        Record.DeviceVendor = e.Tag == EventTag.PanosTraffic ? DeviceVendor.Paloalto : DeviceVendor.Juniper;
        Record.DeviceSerial = Text(e, Field.DeviceSerial);
        Record.DeviceHost = _text.Copy(device);
        Record.LogicalSystem = Text(e, Field.LogicalSystem);
        Record.SessionId = e.Has(Field.SessionId) ? e.Number(Field.SessionId) : null;
        Record.SourceAddress = _text.Address(e.Address(Field.SourceAddress));
        Record.SourcePort = (int)e.Number(Field.SourcePort);
        Record.DestinationAddress = _text.Address(e.Address(Field.DestinationAddress));
        Record.DestinationPort = (int)e.Number(Field.DestinationPort);
        Record.ProtocolId = (int)e.Number(Field.ProtocolId);
        Record.IcmpType = IsIcmp(Record.ProtocolId) && e.Has(Field.IcmpType) ? (int)e.Number(Field.IcmpType) : null;
        FoldTexts(e);
        FoldExtras(e, time.Substituted);
    }

    /// <summary>What a denial is counted under; valid until the next call.</summary>
    public SessionDimensions Dimensions(SessionEvent e, ReadOnlySpan<byte> device, ref readonly FlowTuple tuple)
    {
        BlobStore texts = _store.Texts;
        (int oldDevice, int oldSystem, int oldProfile, int oldPerson) = (_device, _logicalSystem, _profile, _person);
        _device = texts.Intern(device);
        _logicalSystem = texts.Intern(e.Text(Field.LogicalSystem));
        (_profile, _person) = _reader.ReadTexts(e);
        // After the new ones: nearly every denial says the same as the one before.
        texts.Release(oldDevice);
        texts.Release(oldSystem);
        texts.Release(oldProfile);
        texts.Release(oldPerson);
        return new SessionDimensions(texts, _device, _logicalSystem, in tuple, _profile, _person, 0, null);
    }

    // IANA protocol numbers: 1 is ICMP, 58 is ICMPv6. Other denials print an icmp-type of 0 that means nothing.
    private static bool IsIcmp(int protocol) => protocol is 1 or 58;

    private void FoldTexts(SessionEvent e)
    {
        Record.ServiceName = Text(e, Field.ServiceName);
        Record.PolicyName = Text(e, Field.PolicyName);
        Record.SourceZoneName = Text(e, Field.SourceZoneName);
        Record.DestinationZoneName = Text(e, Field.DestinationZoneName);
        Record.Application = Text(e, Field.Application);
        Record.NestedApplication = Text(e, Field.NestedApplication);
        Record.Username = Text(e, Field.Username);
        Record.Roles = Text(e, Field.Roles);
        Record.PacketIncomingInterface = Text(e, Field.PacketIncomingInterface);
        Record.Encrypted = Text(e, Field.Encrypted);
        Record.Reason = Text(e, Field.Reason);
    }

    // Interning finds the order of the keys once for all denials that print the same; the reference is held until the next denial.
    private void FoldExtras(SessionEvent e, bool timeSubstituted)
    {
        int previous = _extrasId;
        _extrasId = _reader.ReadExtras(e);
        _store.Extras.Release(previous);
        _extras.Clear();
        _extras.Add(_extrasId);
        _extras.WriteTo(Record.Extras);
        foreach ((Field field, Utf8Text key) in ExtraFields)
        {
            if (Text(e, field) is { } text) Record.Extras.Set(key, text);
        }
        if (timeSubstituted) Record.Extras.Set(SessionFold.TimeSourceKey, SessionFold.TimeSourceReceived);
        Record.Extras.Sort();
    }

    private Utf8Text? Text(SessionEvent e, Field field)
    {
        ReadOnlySpan<byte> text = e.Text(field);
        return text.IsEmpty ? null : _text.Copy(text);
    }
}
