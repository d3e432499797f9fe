using System.Numerics;
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
    private static readonly (uint Tags, Utf8Text Name)[] TagNames =
    [
        (Bit(EventTag.AppQoeBestPathSelected), Utf8Text.From("APPQOE_BEST_PATH_SELECTED")),
        (Bit(EventTag.AppQoePassiveSlaMetricReport), Utf8Text.From("APPQOE_PASSIVE_SLA_METRIC_REPORT")),
        (Bit(EventTag.AppQoeSlaMetricViolation), Utf8Text.From("APPQOE_SLA_METRIC_VIOLATION")),
        (Bit(EventTag.AppTrackSessionAppUpdate), Utf8Text.From("APPTRACK_SESSION_APP_UPDATE")),
        (Bit(EventTag.AppTrackSessionClose), Utf8Text.From("APPTRACK_SESSION_CLOSE")),
        (Bit(EventTag.AppTrackSessionCreate), Utf8Text.From("APPTRACK_SESSION_CREATE")),
        (Bit(EventTag.AppTrackSessionRouteUpdate), Utf8Text.From("APPTRACK_SESSION_ROUTE_UPDATE")),
        (Bit(EventTag.AppTrackSessionVolUpdate), Utf8Text.From("APPTRACK_SESSION_VOL_UPDATE")),
        (Bit(EventTag.RtFlowNexthopChange), Utf8Text.From("RT_FLOW_NEXTHOP_CHANGE")),
        (Bit(EventTag.RtFlowSessionClose), Utf8Text.From("RT_FLOW_SESSION_CLOSE")),
        (Bit(EventTag.RtFlowSessionCreate), Utf8Text.From("RT_FLOW_SESSION_CREATE")),
        (Bit(EventTag.PanosTraffic) | Bit(PanosStart.Tag), Utf8Text.From("TRAFFIC")),
    ];

    // For each tag the bit of its row in TagNames; none for the tags that have no name.
    private static readonly uint[] NamesOfTags = [.. Enumerable.Range(0, 32).Select(tag => NameOf((EventTag)tag))];

    // Tags are bits of a word, so these are all.
    private static readonly byte[] Preferences = [.. Enumerable.Range(0, 32).Select(tag => Preference((EventTag)tag))];

    internal static readonly Utf8Text TimeSourceKey = Utf8Text.From("event_time_source");
    internal static readonly Utf8Text TimeSourceReceived = Utf8Text.From("received");

    // The key in the records is the first half of the digest.
    private const int RecordKeyBytes = SHA256.HashSizeInBytes / 2;

    private readonly SessionStore _store;
    private readonly ExtrasMerge _extras;
    private readonly ApplicationHistory _applications;
    private readonly RouteHistory _routes;
    private readonly RecordText _text = new();
    private readonly int[] _order;
    private readonly byte[] _preferences;
    private readonly byte[] _key = new byte[SessionKeyBytes.FixedBytes + (2 * ushort.MaxValue)];
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];
    private uint _found;

    /// <summary>Makes a fold over sessions of at most <paramref name="maxMessages"/> messages.</summary>
    public SessionFold(SessionStore store, int maxMessages)
    {
        _store = store;
        _order = new int[maxMessages];
        _preferences = new byte[maxMessages];
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
        for (int id = slot.FirstMessage; id != 0;)
        {
            ref MessageNode node = ref _store.Messages[id];
            if (!node.IsFloor)
            {
                // The list runs from early to late; of equals in preference the later goes first.
                byte preference = Preferences[(int)node.Tag];
                int at = count++;
                for (; at > 0 && _preferences[at - 1] <= preference; at--)
                {
                    _order[at] = _order[at - 1];
                    _preferences[at] = _preferences[at - 1];
                }
                _order[at] = id;
                _preferences[at] = preference;
            }
            id = node.Next;
        }
        return count;
    }

    private static byte Preference(EventTag tag) => tag switch
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
        int length = SessionKeyBytes.Write(
            _key, _store.Texts[slot.Device], _store.Texts[slot.LogicalSystem], slot.Tuple, slot.KeyStart);
        Sha256.Hash(_key.AsSpan(0, length), _digest);
        Record.SessionKey = _text.Hex(_digest.AsSpan(0, RecordKeyBytes));
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
        _extras.WriteTo(Record.Extras);
        _routes.Fill(Record.Routes, slot);
        ReadOnlySpan<byte> applications = _applications.Of(slot);
        if (!applications.IsEmpty) Record.Extras.Set(ApplicationHistory.Key, _text.Copy(applications));
        if (substituted) Record.Extras.Set(TimeSourceKey, TimeSourceReceived);
        if (substituted || !applications.IsEmpty) Record.Extras.Sort();
    }

    private void FoldProfile(int profile, int first)
    {
        if (profile == 0) return;
        ArraySegment<byte> text = _store.Texts.Segment(profile);
        ReadOnlySpan<byte> bytes = text;
        uint rest = Profile.Bits(bytes);
        uint missing = (rest << first) & ~_found;
        _found |= missing;
        int position = Profile.HeaderBytes;
        // Most messages of a session say the same, and after the preferred one nothing is missing.
        while (missing != 0)
        {
            int field = first + Profile.Next(bytes, ref rest, ref position, out int offset, out int length);
            uint bit = 1u << field;
            if ((missing & bit) == 0) continue;
            missing ^= bit;
            Assign(Profile.Fields[field], new Utf8Text(new ReadOnlyMemory<byte>(text.Array, text.Offset + offset, length)));
        }
    }

    // By reference, as it is kept: otherwise each of the cases makes a copy of its own, and all of them are cleared at each call.
    private void Assign(Field field, in Utf8Text? text)
    {
        switch (field)
        {
            case Field.NestedApplication: Record.NestedApplication = text; break;
            case Field.Application: Record.Application = text; break;
            case Field.ServiceName: Record.ServiceName = text; break;
            case Field.Category: Record.Category = text; break;
            case Field.SubCategory: Record.SubCategory = text; break;
            case Field.Encrypted: Record.Encrypted = text; break;
            case Field.PolicyName: Record.PolicyName = text; break;
            case Field.SourceZoneName: Record.SourceZoneName = text; break;
            case Field.DestinationZoneName: Record.DestinationZoneName = text; break;
            case Field.PacketIncomingInterface: Record.PacketIncomingInterface = text; break;
            case Field.DestinationInterfaceName: Record.DestinationInterfaceName = text; break;
            case Field.RoutingInstance: Record.RoutingInstance = text; break;
            case Field.SourceNatRuleName: Record.SrcNatRuleName = text; break;
            case Field.DestinationNatRuleName: Record.DstNatRuleName = text; break;
            case Field.Username: Record.Username = text; break;
            case Field.Roles: Record.Roles = text; break;
            case Field.DeviceSerial: Record.DeviceSerial = text; break;
            default: throw NoText(field);
        }
    }

    private static ArgumentOutOfRangeException NoText(Field field) => new(nameof(field), field, "No text of a profile.");

    private void FoldNat(in FlowTuple tuple, ReadOnlySpan<int> order)
    {
        NatFields found = NatFields.None;
        IpAddress source = tuple.Source, destination = tuple.Destination;
        int sourcePort = tuple.SourcePort, destinationPort = tuple.DestinationPort;
        int last = 0;
        foreach (int id in order)
        {
            int number = _store.Messages[id].Nat;
            if (number == last || number == 0) continue;
            last = number;
            NatAddresses nat = _store.Messages.Nat(number);
            NatFields added = nat.Present & ~found;
            if ((added & NatFields.SourceAddress) != 0) source = nat.SourceAddress;
            if ((added & NatFields.SourcePort) != 0) sourcePort = nat.SourcePort;
            if ((added & NatFields.DestinationAddress) != 0) destination = nat.DestinationAddress;
            if ((added & NatFields.DestinationPort) != 0) destinationPort = nat.DestinationPort;
            found |= added;
            if (found == NatFields.All) break;
        }
        bool movedSource = source != tuple.Source, movedDestination = destination != tuple.Destination;
        // An address that is not translated is often stated all the same; its text is there already.
        if ((found & NatFields.SourceAddress) != 0)
            Record.NatSourceAddress = movedSource ? _text.Address(source) : Record.SourceAddress;
        if ((found & NatFields.DestinationAddress) != 0)
            Record.NatDestinationAddress = movedDestination ? _text.Address(destination) : Record.DestinationAddress;
        if ((found & NatFields.SourcePort) != 0) Record.NatSourcePort = sourcePort;
        if ((found & NatFields.DestinationPort) != 0) Record.NatDestinationPort = destinationPort;
        movedSource |= sourcePort != tuple.SourcePort;
        movedDestination |= destinationPort != tuple.DestinationPort;
        Record.Nat = movedSource ? movedDestination ? NatKind.Both : NatKind.Source : movedDestination ? NatKind.Destination : NatKind.None;
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
        EndReasonRow reason = end.Reason.Row();
        Record.EndReason = new Utf8Text(end.Reason.Code());
        Record.EndReasonRaw = RawReason(end.Person);
        Record.EndClass = new Utf8Text(reason.Class.Code());
        Record.EndSide = new Utf8Text(reason.Side.Code());
        Volume totals = VolumeBook.Totals(_store.Messages, slot);
        Record.BytesFromClient = totals.BytesFromClient;
        Record.BytesFromServer = totals.BytesFromServer;
        Record.PacketsFromClient = totals.PacketsFromClient;
        Record.PacketsFromServer = totals.PacketsFromServer;
        Record.Completeness = CompletenessOf(slot);
        Record.Updates = slot.DroppedUpdates + CountUpdates(slot);
        FoldSources(slot.Tags);
    }

    // A session has few of the tags: what it has is gathered in the order of the names.
    private void FoldSources(uint tags)
    {
        uint named = 0;
        for (uint rest = tags; rest != 0; rest &= rest - 1) named |= NamesOfTags[BitOperations.TrailingZeroCount(rest)];
        for (; named != 0; named &= named - 1) Record.Sources.Add(TagNames[BitOperations.TrailingZeroCount(named)].Name);
    }

    private int CountUpdates(in SessionSlot slot)
    {
        if (!slot.Has(EventTag.AppTrackSessionVolUpdate)) return 0;
        int count = 0;
        for (int id = slot.FirstMessage; id != 0; id = _store.Messages[id].Next)
        {
            if (_store.Messages[id].Tag == EventTag.AppTrackSessionVolUpdate) count++;
        }
        return count;
    }

    private static uint NameOf(EventTag tag)
    {
        int row = Array.FindIndex(TagNames, row => (row.Tags & Bit(tag)) != 0);
        return row < 0 ? 0 : 1u << row;
    }

    private static uint Bit(EventTag tag) => 1u << (int)tag;
}
