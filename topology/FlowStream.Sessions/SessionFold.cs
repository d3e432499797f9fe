using System.Buffers.Binary;
using System.Security.Cryptography;
using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// Makes the record of a session from its messages: a pure function of the slot. Messages are taken in order of preference (close, update,
/// create; RT_FLOW before AppTrack; the later first), and each field comes from the first message that has it.
/// </summary>
internal sealed class SessionFold
{
    private static readonly (EventTag Tag, Utf8Text Name)[] TagNames =
    [
        (EventTag.AppQoeBestPathSelected, Utf8Text.From("APPQOE_BEST_PATH_SELECTED")),
        (EventTag.AppQoePassiveSlaMetricReport, Utf8Text.From("APPQOE_PASSIVE_SLA_METRIC_REPORT")),
        (EventTag.AppQoeSlaMetricViolation, Utf8Text.From("APPQOE_SLA_METRIC_VIOLATION")),
        (EventTag.AppTrackSessionAppUpdate, Utf8Text.From("APPTRACK_SESSION_APP_UPDATE")),
        (EventTag.AppTrackSessionClose, Utf8Text.From("APPTRACK_SESSION_CLOSE")),
        (EventTag.AppTrackSessionCreate, Utf8Text.From("APPTRACK_SESSION_CREATE")),
        (EventTag.AppTrackSessionRouteUpdate, Utf8Text.From("APPTRACK_SESSION_ROUTE_UPDATE")),
        (EventTag.AppTrackSessionVolUpdate, Utf8Text.From("APPTRACK_SESSION_VOL_UPDATE")),
        (EventTag.RtFlowNexthopChange, Utf8Text.From("RT_FLOW_NEXTHOP_CHANGE")),
        (EventTag.RtFlowSessionClose, Utf8Text.From("RT_FLOW_SESSION_CLOSE")),
        (EventTag.RtFlowSessionCreate, Utf8Text.From("RT_FLOW_SESSION_CREATE")),
        (EventTag.PanosTraffic, Utf8Text.From("TRAFFIC")),
    ];

    internal static readonly Utf8Text TimeSourceKey = Utf8Text.From("event_time_source");
    internal static readonly Utf8Text TimeSourceReceived = Utf8Text.From("received");

    private readonly SessionStore _store;
    private readonly ExtrasMerge _extras;
    private readonly ApplicationHistory _applications;
    private readonly RouteHistory _routes;
    private readonly RecordText _text = new();
    private readonly int[] _order;
    private readonly byte[] _key = new byte[SessionKeyBytes.FixedBytes + (2 * ushort.MaxValue)];
    // Kept, because setting one up costs about as much as hashing a key.
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];
    private readonly ReadOnlyMemory<byte>[] _fields = new ReadOnlyMemory<byte>[Profile.Fields.Length];
    private uint _found;

    /// <summary>Makes a fold over sessions of at most <paramref name="maxMessages"/> messages.</summary>
    public SessionFold(SessionStore store, int maxMessages)
    {
        _store = store;
        _order = new int[maxMessages];
        _extras = new ExtrasMerge(store.Extras, maxMessages);
        _applications = new ApplicationHistory(store);
        _routes = new RouteHistory(store);
    }

    /// <summary>The record that <see cref="Fold"/> fills; valid until the next call and as long as the session is not changed.</summary>
    public CompletedSession Record { get; } = new();

    /// <summary>Fills <see cref="Record"/> with what <paramref name="slot"/> says.</summary>
    public void Fold(in SessionSlot slot, in SessionEnd end)
    {
        _text.Clear();
        Record.Clear();
        int count = Order(slot);
        FoldIdentity(slot);
        FoldMessages(slot, _order.AsSpan(0, count));
        FoldNat(slot.Tuple, _order.AsSpan(0, count));
        FoldLife(slot, end);
    }

    /// <summary>Which of its create and close a session has.</summary>
    public static Completeness CompletenessOf(in SessionSlot slot) => slot.HasClose
        ? slot.HasCreate ? Completeness.Complete : Completeness.NoCreate
        : slot.HasCreate ? Completeness.NoClose : Completeness.UpdatesOnly;

    private int Order(in SessionSlot slot)
    {
        int count = 0;
        for (int id = slot.FirstMessage; id != 0; id = _store.Messages[id].Next)
        {
            if (_store.Messages[id].IsFloor) continue;
            int at = count++;
            // The list runs from early to late; of equals in preference the later goes first.
            int preference = Preference(_store.Messages[id].Tag);
            while (at > 0 && Preference(_store.Messages[_order[at - 1]].Tag) <= preference)
            {
                _order[at] = _order[at - 1];
                at--;
            }
            _order[at] = id;
        }
        return count;
    }

    private static int Preference(EventTag tag) => tag switch
    {
        EventTag.RtFlowSessionClose or EventTag.PanosTraffic => 5,
        EventTag.AppTrackSessionClose => 4,
        EventTag.AppTrackSessionVolUpdate or EventTag.AppTrackSessionAppUpdate or EventTag.AppTrackSessionRouteUpdate
            or EventTag.RtFlowNexthopChange => 3,
        EventTag.RtFlowSessionCreate or PanosStart.Tag => 2,
        EventTag.AppTrackSessionCreate => 1,
        _ => 0,
    };

    private void FoldIdentity(in SessionSlot slot)
    {
        var identity = new SessionIdentity(_store.Texts[slot.Device], _store.Texts[slot.LogicalSystem], slot.Tuple);
        _hash.AppendData(_key, 0, SessionKeyBytes.Write(_key, identity, slot.KeyStart));
        _hash.GetHashAndReset(_digest);
        ulong high = BinaryPrimitives.ReadUInt64BigEndian(_digest);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(_digest.AsSpan(sizeof(ulong)));
        Record.SessionKey = _text.Hex(high, low);
        Record.Revision = slot.Revision;
        bool panos = slot.Has(EventTag.PanosTraffic) || slot.Has(PanosStart.Tag);
        Record.DeviceVendor = panos ? DeviceVendor.Paloalto : DeviceVendor.Juniper;
        Record.DeviceHost = new Utf8Text(_store.Texts.Memory(slot.Device));
        if (slot.LogicalSystem != 0) Record.LogicalSystem = new Utf8Text(_store.Texts.Memory(slot.LogicalSystem));
        Record.SessionId = slot.Tuple.SessionId;
        Record.SourceAddress = _text.Address(slot.Tuple.Source);
        Record.SourcePort = slot.Tuple.SourcePort;
        Record.DestinationAddress = _text.Address(slot.Tuple.Destination);
        Record.DestinationPort = slot.Tuple.DestinationPort;
        Record.ProtocolId = slot.Tuple.Protocol;
    }

    private void FoldMessages(in SessionSlot slot, ReadOnlySpan<int> order)
    {
        _found = 0;
        _extras.Clear();
        bool substituted = false;
        int profile = 0, person = 0;
        foreach (int id in order)
        {
            ref MessageNode node = ref _store.Messages[id];
            if (node.Profile != profile) FoldProfile(profile = node.Profile, 0);
            if (node.Person != person) FoldProfile(person = node.Person, Profile.FirstPersonField);
            _extras.Add(node.Extras);
            substituted |= (node.Flags & MessageFlags.TimeSubstituted) != 0;
        }
        AssignFields();
        _extras.WriteTo(Record.Extras);
        _routes.Fill(Record.Routes, slot);
        ReadOnlySpan<byte> applications = _applications.Of(slot);
        if (!applications.IsEmpty) Record.Extras.Set(ApplicationHistory.Key, _text.Copy(applications));
        if (substituted) Record.Extras.Set(TimeSourceKey, TimeSourceReceived);
        if (substituted || !applications.IsEmpty) Record.Extras.Sort();
    }

    private void FoldProfile(int profile, int first)
    {
        ReadOnlyMemory<byte> text = _store.Texts.Memory(profile);
        ReadOnlySpan<byte> bytes = text.Span;
        uint rest = Profile.Bits(bytes);
        uint missing = (rest << first) & ~_found;
        int position = Profile.HeaderBytes;
        // Most messages of a session say the same, and after the preferred one nothing is missing.
        while (missing != 0)
        {
            int field = first + Profile.Next(bytes, ref rest, ref position, out int offset, out int length);
            uint bit = 1u << field;
            if ((missing & bit) == 0) continue;
            missing ^= bit;
            _found |= bit;
            _fields[field] = text.Slice(offset, length);
        }
    }

    private void AssignFields()
    {
        Record.NestedApplication = Text(0);
        Record.Application = Text(1);
        Record.ServiceName = Text(2);
        Record.Category = Text(3);
        Record.SubCategory = Text(4);
        Record.Encrypted = Text(5);
        Record.PolicyName = Text(6);
        Record.SourceZoneName = Text(7);
        Record.DestinationZoneName = Text(8);
        Record.PacketIncomingInterface = Text(9);
        Record.DestinationInterfaceName = Text(10);
        Record.RoutingInstance = Text(11);
        Record.SrcNatRuleName = Text(12);
        Record.DstNatRuleName = Text(13);
        Record.Username = Text(14);
        Record.Roles = Text(15);
        Record.DeviceSerial = Text(16);
    }

    private Utf8Text? Text(int field) => (_found & (1u << field)) == 0 ? null : new Utf8Text(_fields[field]);

    private void FoldNat(in FlowTuple tuple, ReadOnlySpan<int> order)
    {
        IpAddress? source = null, destination = null;
        int? sourcePort = null, destinationPort = null;
        int last = 0;
        foreach (int id in order)
        {
            int number = _store.Messages[id].Nat;
            if (number == last || number == 0) continue;
            last = number;
            NatAddresses nat = _store.Messages.Nat(number);
            if (nat.Has(NatFields.SourceAddress)) source ??= nat.SourceAddress;
            if (nat.Has(NatFields.SourcePort)) sourcePort ??= nat.SourcePort;
            if (nat.Has(NatFields.DestinationAddress)) destination ??= nat.DestinationAddress;
            if (nat.Has(NatFields.DestinationPort)) destinationPort ??= nat.DestinationPort;
        }
        bool movedSource = (source ?? tuple.Source) != tuple.Source || (sourcePort ?? tuple.SourcePort) != tuple.SourcePort;
        bool movedDestination = (destination ?? tuple.Destination) != tuple.Destination
            || (destinationPort ?? tuple.DestinationPort) != tuple.DestinationPort;
        Record.Nat = movedSource ? movedDestination ? NatKind.Both : NatKind.Source : movedDestination ? NatKind.Destination : NatKind.None;
        if (source is { } s) Record.NatSourceAddress = _text.Address(s);
        Record.NatSourcePort = sourcePort;
        if (destination is { } d) Record.NatDestinationAddress = _text.Address(d);
        Record.NatDestinationPort = destinationPort;
    }

    private Utf8Text? RawReason(int person)
    {
        ReadOnlyMemory<byte> text = _store.Texts.Memory(person);
        int at = Profile.ReasonAt(text.Span);
        return at == text.Length ? null : new Utf8Text(text[at..]);
    }

    private void FoldLife(in SessionSlot slot, in SessionEnd end)
    {
        Record.StartTime = slot.Start.Time;
        Record.StartSource = slot.Start.Class switch
        {
            StartClass.Create => StartSource.Create,
            StartClass.FirstSeen => StartSource.FirstSeen,
            _ => StartSource.Elapsed,
        };
        Record.EndTime = end.Time;
        Record.ElapsedTime = end.Elapsed >= 0 ? end.Elapsed : null;
        EndReasonRow row = end.Reason.Row();
        Record.EndReason = new Utf8Text(end.Reason.Code());
        Record.EndReasonRaw = RawReason(end.Person);
        Record.EndClass = new Utf8Text(row.Class.Code());
        Record.EndSide = new Utf8Text(row.Side.Code());
        Volume totals = VolumeBook.Totals(_store.Messages, slot);
        Record.BytesFromClient = totals.BytesFromClient;
        Record.BytesFromServer = totals.BytesFromServer;
        Record.PacketsFromClient = totals.PacketsFromClient;
        Record.PacketsFromServer = totals.PacketsFromServer;
        Record.Completeness = CompletenessOf(slot);
        Record.Updates = slot.DroppedUpdates;
        for (int id = slot.FirstMessage; id != 0; id = _store.Messages[id].Next)
        {
            if (_store.Messages[id].Tag == EventTag.AppTrackSessionVolUpdate) Record.Updates++;
        }
        foreach ((EventTag tag, Utf8Text name) in TagNames)
        {
            if (slot.Has(tag) || (tag == EventTag.PanosTraffic && slot.Has(PanosStart.Tag))) Record.Sources.Add(name);
        }
    }
}
