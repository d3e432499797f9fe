using FlowStream.Schemas;

namespace FlowStream.Producers.Simulation;

/// <summary>
/// Says what the topics must hold for a session whose messages are all known. It follows the rules of the join on the finished set of
/// messages, with lists and sorting and without regard to speed, and shares no code with it: where the two differ, one of them is wrong.
/// </summary>
internal sealed class SessionOracle
{
    // Messages of one millisecond are put in this order.
    private static readonly string[] TagOrder =
    [
        "RT_FLOW_SESSION_CREATE", PanosLog.Start, "APPTRACK_SESSION_CREATE", "APPTRACK_SESSION_APP_UPDATE", "APPTRACK_SESSION_ROUTE_UPDATE",
        "RT_FLOW_NEXTHOP_CHANGE", "APPQOE_BEST_PATH_SELECTED", "APPQOE_PASSIVE_SLA_METRIC_REPORT", "APPQOE_SLA_METRIC_VIOLATION",
        "APPTRACK_SESSION_VOL_UPDATE", "RT_FLOW_SESSION_CLOSE", "APPTRACK_SESSION_CLOSE", PanosLog.End,
    ];

    private readonly WindowLedger _ledger;

    /// <summary>Books what sessions moved into <paramref name="ledger"/>.</summary>
    public SessionOracle(WindowLedger ledger) => _ledger = ledger;

    /// <summary>The record of a session, or null when every message of it got lost.</summary>
    public CompletedSession? Resolve(SimulatedSession session)
    {
        if (session.Written.Count == 0) return null;
        List<SimulatedMessage> messages = [.. session.Written.OrderBy(m => m.TimeMs).ThenBy(m => Array.IndexOf(TagOrder, m.Tag))];
        (long startMs, string startApplication) = Start(messages);
        _ledger.Open(startMs, startApplication);
        SimulatedVolume total = Book(messages, startMs);
        SimulatedMessage end = End(messages);
        _ledger.Close(end.TimeMs, MessageReading.Application(end));
        return Record(session, messages, startMs, total, end);
    }

    // A create knows the start best, then a close, then an update; of several that know it equally well the earliest counts.
    private static (long TimeMs, string Application) Start(List<SimulatedMessage> messages)
    {
        List<SimulatedMessage> best = messages.FindAll(m => m.IsCreate);
        if (best.Count == 0) best = messages.FindAll(m => m.IsClose);
        if (best.Count == 0) best = messages.FindAll(m => m.Age is not null);
        if (best.Count == 0) best = messages;
        return best.Select(m => (TimeMs: m.TimeMs - (m.Age.GetValueOrDefault() * 1000), Application: MessageReading.Application(m)))
            .OrderBy(start => start.TimeMs).ThenBy(start => start.Application, StringComparer.Ordinal).First();
    }

    private SimulatedVolume Book(List<SimulatedMessage> messages, long startMs)
    {
        SimulatedVolume highest = default;
        long from = startMs;
        foreach (SimulatedMessage message in messages)
        {
            if (message.Volume is not { } volume) continue;
            SimulatedVolume reached = SimulatedVolume.Max(highest, volume);
            _ledger.Move(Math.Min(from, message.TimeMs), message.TimeMs, reached - highest, MessageReading.Application(message));
            highest = reached;
            from = message.TimeMs;
        }
        return highest;
    }

    // The close that names a cause beats the one that does not, RT_FLOW beats AppTrack; without a close the last message is the end.
    private static SimulatedMessage End(List<SimulatedMessage> messages)
    {
        IEnumerable<SimulatedMessage> closes = messages.Where(m => m.IsClose);
        return closes.OrderBy(m => m.Reason!.IsVague ? 0 : 1).ThenBy(m => m.IsRtFlow ? 1 : 0).LastOrDefault() ?? messages[^1];
    }

    private static CompletedSession Record(
        SimulatedSession session, List<SimulatedMessage> messages, long startMs, in SimulatedVolume total, SimulatedMessage end)
    {
        bool closed = end.IsClose, created = messages.Exists(m => m.IsCreate);
        CloseReason reason = end.Reason ?? CloseReason.Inferred;
        var record = new CompletedSession
        {
            DeviceVendor = session.Device.IsPanos ? DeviceVendor.Paloalto : DeviceVendor.Juniper,
            DeviceHost = Utf8Text.From(session.Device.Host),
            SessionId = session.Id,
            StartTime = startMs,
            StartSource = created ? StartSource.Create
                : messages.Exists(m => m.Age is not null) ? StartSource.Elapsed : StartSource.FirstSeen,
            EndTime = end.TimeMs,
            // How old a session is at its start log PAN-OS does not say.
            ElapsedTime = end.Tag == PanosLog.Start ? null : end.Age,
            EndReason = Utf8Text.From(reason.Code),
            EndReasonRaw = closed ? MessageReading.Optional(MessageReading.Texts(end), "reason") : null,
            EndClass = Utf8Text.From(reason.Class),
            EndSide = Utf8Text.From(reason.Side),
            PacketsFromClient = total.ClientPackets,
            BytesFromClient = total.ClientBytes,
            PacketsFromServer = total.ServerPackets,
            BytesFromServer = total.ServerBytes,
            Completeness = closed ? created ? Completeness.Complete : Completeness.NoCreate
                : created ? Completeness.NoClose : Completeness.UpdatesOnly,
            Updates = messages.Count(m => m.Tag == "APPTRACK_SESSION_VOL_UPDATE"),
        };
        foreach (string tag in messages.Select(m => m.Tag.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal))
            record.Sources.Add(Utf8Text.From(tag));
        AddRoutes(record, messages);
        AddFlow(record, session);
        AddTexts(record, messages);
        return record;
    }

    private static void AddFlow(CompletedSession record, SimulatedSession session)
    {
        record.SourceAddress = Utf8Text.From(session.Source);
        record.SourcePort = session.SourcePort;
        record.DestinationAddress = Utf8Text.From(session.Destination);
        record.DestinationPort = session.DestinationPort;
        record.ProtocolId = session.Application.Protocol;
        record.Nat = session.HasSourceNat ? session.HasDestinationNat ? NatKind.Both : NatKind.Source
            : session.HasDestinationNat ? NatKind.Destination : NatKind.None;
        // Junos prints the addresses after NAT also where there is none, PAN-OS does not; AppQoE never does.
        bool printed = !session.Device.IsPanos && session.Written.Exists(m => m.Fields.Any(f => f.Key == "nat-source-address"));
        if (!printed && !session.Device.IsPanos) record.Nat = NatKind.None;
        if (printed || (session.Device.IsPanos && session.HasSourceNat))
            (record.NatSourceAddress, record.NatSourcePort) = (Utf8Text.From(session.NatSource.Address), session.NatSource.Port);
        if (!printed && !(session.Device.IsPanos && session.HasDestinationNat)) return;
        record.NatDestinationAddress = Utf8Text.From(session.NatDestination.Address);
        record.NatDestinationPort = session.NatDestination.Port;
    }

    // Every message that names a route is a step, unless it says the same as the step before.
    private static void AddRoutes(CompletedSession record, List<SimulatedMessage> messages)
    {
        (string Interface, string Instance, string Profile, string Rule) last = ("", "", "", "");
        foreach (SimulatedMessage message in messages.Where(m => SessionChanges.Routed.Contains(m.Tag)))
        {
            Dictionary<string, string> said = message.Fields.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
            string prefix = said.ContainsKey("apbr-profile") ? "apbr-" : "", suffix = prefix.Length > 0 ? "" : "-name";
            var step = (said["destination-interface-name"], said["routing-instance"], said[$"{prefix}profile{suffix}"],
                said[$"{prefix}rule{suffix}"]);
            if (step == last) continue;
            last = step;
            RouteChange route = record.Routes.Add();
            route.Time = message.TimeMs;
            route.DestinationInterfaceName = Utf8Text.From(last.Interface);
            route.RoutingInstance = Utf8Text.From(last.Instance);
            route.ProfileName = Utf8Text.From(last.Profile);
            route.RuleName = Utf8Text.From(last.Rule);
        }
    }

    // What the application was taken for, one after the other. A message that leaves the nested application out takes nothing back.
    private static List<string> ApplicationSteps(List<SimulatedMessage> messages)
    {
        List<string> steps = [];
        (string Name, string Nested) known = ("", "");
        foreach (Dictionary<string, string> texts in messages.Select(MessageReading.Texts))
        {
            (string Name, string Nested) said =
                (texts.GetValueOrDefault("application") ?? "", texts.GetValueOrDefault("nested_application") ?? "");
            bool newName = said.Name != "" && said.Name != known.Name, newNested = said.Nested != "" && said.Nested != known.Nested;
            if (!newName && !newNested) continue;
            known = said;
            steps.Add(said.Name == "" || said.Nested == "" ? said.Name + said.Nested : $"{said.Name}/{said.Nested}");
        }
        return steps;
    }

    private static void AddTexts(CompletedSession record, List<SimulatedMessage> messages)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var extras = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SimulatedMessage message in messages.AsEnumerable().Reverse().OrderByDescending(Preference))
        {
            foreach ((string name, string text) in MessageReading.Texts(message)) texts.TryAdd(name, text);
            foreach ((string key, string value) in MessageReading.Extras(message)) extras.TryAdd(key, value);
        }
        List<string> steps = ApplicationSteps(messages);
        if (steps.Count > 1) extras["application_history"] = string.Join(", ", steps);
        record.ServiceName = MessageReading.Optional(texts, "service_name");
        record.Application = MessageReading.Optional(texts, "application");
        record.NestedApplication = MessageReading.Optional(texts, "nested_application");
        record.Category = MessageReading.Optional(texts, "category");
        record.SubCategory = MessageReading.Optional(texts, "sub_category");
        record.Encrypted = MessageReading.Optional(texts, "encrypted");
        record.PolicyName = MessageReading.Optional(texts, "policy_name");
        record.SourceZoneName = MessageReading.Optional(texts, "source_zone_name");
        record.DestinationZoneName = MessageReading.Optional(texts, "destination_zone_name");
        record.PacketIncomingInterface = MessageReading.Optional(texts, "packet_incoming_interface");
        record.DestinationInterfaceName = MessageReading.Optional(texts, "destination_interface_name");
        record.RoutingInstance = MessageReading.Optional(texts, "routing_instance");
        record.Username = MessageReading.Optional(texts, "username");
        record.Roles = MessageReading.Optional(texts, "roles");
        record.SrcNatRuleName = MessageReading.Optional(texts, "src_nat_rule_name");
        record.DstNatRuleName = MessageReading.Optional(texts, "dst_nat_rule_name");
        record.DeviceSerial = MessageReading.Optional(texts, "device_serial");
        record.LogicalSystem = MessageReading.Optional(texts, "logical_system");
        foreach ((string key, string value) in extras) record.Extras.Add(Utf8Text.From(key), Utf8Text.From(value));
    }

    // A field comes from the close if it has it, else from an update or a change, the latest first, else from a create, else from AppQoE;
    // of closes and of creates RT_FLOW's before AppTrack's.
    private static int Preference(SimulatedMessage message) => message.Tag.StartsWith("APPQOE", StringComparison.Ordinal) ? -1
        : message.IsClose ? message.IsRtFlow ? 5 : 4
        : message.IsCreate ? message.IsRtFlow ? 1 : 0
        : 2;
}
