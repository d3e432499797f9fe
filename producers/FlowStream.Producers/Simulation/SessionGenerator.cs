namespace FlowStream.Producers.Simulation;

/// <summary>Draws clusters of sessions: what one user's click or one program's start opens, from one client within seconds.</summary>
internal sealed class SessionGenerator
{
    /// <summary>Mean number of sessions of a cluster: that of a Pareto distribution from 1 with exponent 4/3, cut at the most.</summary>
    public const double MeanClusterSize = 3;

    private const int MaxClusterSize = 64;
    private const int ClientsPerDevice = 400;
    private const double GapMs = 250;

    // Without updates a session is silent until its close; the join gives up one that is silent for 40 minutes.
    private const long MaxSilentMs = 30 * 60_000;
    private const long MaxDurationMs = 3 * 3_600_000;
    private const long UpdateMs = 60_000;
    private const double LeastClientBytes = 80;
    private const double LeastServerBytes = 200;

    // 1 Gbit/s, and a little for sessions of one packet: no session moves more than its line can carry.
    private const long LineBytesPerMs = 125_000;
    private const long OnePacketBytes = 1500;
    private const double DenialShare = 0.05;
    private const double UnsetShare = 0.05;

    private static readonly string[] Users = ["kim", "lee", "sam", "noor", "ana", "max", "corp-svc"];
    private static readonly string[] ServerZones = ["untrust", "untrust", "untrust", "dmz", "vpn"];

    private readonly SimulationRandom _random;
    private readonly SimulatedDevice[] _devices;
    private readonly BulkTransfers _bulk;
    private long _next;

    /// <summary>Makes a generator for devices numbered from 0.</summary>
    public SessionGenerator(SimulationRandom random, SimulatedDevice[] devices, BulkTransfers bulk)
    {
        _random = random;
        _devices = devices;
        _bulk = bulk;
    }

    /// <summary>
    /// Draws the sessions of one cluster that begins at <paramref name="nowMs"/>: at most <paramref name="most"/>, and denials between.
    /// </summary>
    public List<SimulatedSession> Cluster(long nowMs, long most)
    {
        SimulatedDevice device = _random.Pick(_devices);
        int client = _random.Next(ClientsPerDevice);
        bool v6 = _random.Chance(0.15);
        int size = (int)Math.Min(Math.Min(MaxClusterSize, most), (long)_random.HeavyTail(1));
        var sessions = new List<SimulatedSession>();
        double at = nowMs;
        for (int opened = 0; opened < size; at += _random.Exponential(GapMs))
        {
            bool denied = device.Model.RtFlowDeny.Length > 0 && _random.Chance(DenialShare);
            sessions.Add(denied ? Denial(device, client, v6, (long)at) : Session(device, client, v6, (long)at));
            if (!denied) opened++;
        }
        return sessions;
    }

    /// <summary>A denial that is only there to make time pass; <paramref name="index"/> chooses its flow.</summary>
    public static SimulatedSession Heartbeat(SimulatedDevice device, int index, long timeMs) => new()
    {
        Device = device,
        Number = index,
        Id = 0,
        StartMs = timeMs,
        DurationMs = 0,
        Application = SimulatedApplication.All[0],
        IdentifiedAfterMs = long.MaxValue,
        NestedAfterMs = long.MaxValue,
        Source = $"10.255.{index >> 8}.{index & 255}",
        SourcePort = 1024 + index,
        Destination = "203.0.113.250",
        DestinationPort = 443,
        NatSource = default,
        NatDestination = default,
        Policy = "heartbeat",
        SourceZone = "trust",
        DestinationZone = "untrust",
    };

    private SimulatedSession Denial(SimulatedDevice device, int client, bool v6, long startMs)
    {
        SimulatedApplication application = _random.Pick(SimulatedApplication.All);
        string server = Server(v6);
        return new SimulatedSession
        {
            Device = device,
            Number = _next++,
            Id = 0,
            StartMs = startMs,
            DurationMs = 0,
            Application = application,
            IdentifiedAfterMs = _random.Chance(0.8) ? long.MaxValue : 0,
            NestedAfterMs = long.MaxValue,
            Source = Client(device, client, v6),
            SourcePort = device.NextClientPort(),
            Destination = server,
            DestinationPort = application.Port,
            NatSource = default,
            NatDestination = default,
            Policy = "default-deny(global)",
            SourceZone = "trust",
            DestinationZone = _random.Pick(ServerZones),
        };
    }

    private SimulatedSession Session(SimulatedDevice device, int client, bool v6, long startMs)
    {
        SimulatedApplication application = _random.Pick(SimulatedApplication.All);
        string source = Client(device, client, v6), destination = Server(v6);
        int sourcePort = device.NextClientPort();
        int port = application.Protocol == 1 ? 1 + _random.Next(60_000) : application.Port;
        long durationMs = Duration(device);
        CloseReason reason = _random.Pick(
            device.IsPanos ? CloseReason.Panos : application.Protocol == 6 ? CloseReason.Tcp : CloseReason.Datagram);
        bool bothSay = device.Model.RtFlowClose.Length > 0 && device.Model.AppTrackClose.Length > 0;
        bool named = _random.Chance(0.4);
        TrafficCurve traffic = Traffic(durationMs);
        if (_bulk.Next(device, application))
        {
            durationMs = _bulk.DurationMs();
            traffic = _bulk.Traffic(durationMs);
        }
        return new SimulatedSession
        {
            Device = device,
            Number = _next++,
            Id = device.TakeId(),
            StartMs = startMs,
            DurationMs = durationMs,
            Traffic = traffic,
            Application = application,
            IdentifiedAfterMs = 1 + (long)_random.Exponential(400),
            NestedAfterMs = 500 + (long)_random.Exponential(60_000),
            Source = source,
            SourcePort = sourcePort,
            Destination = destination,
            DestinationPort = port,
            NatSource = !v6 && _random.Chance(0.5) ? (Pooled(), 1024 + _random.Next(64_000)) : (source, sourcePort),
            NatDestination = !v6 && _random.Chance(0.1) ? ($"10.200.0.{1 + _random.Next(20)}", 8080) : (destination, port),
            Policy = application.Protocol == 17 ? "allow-dns" : "allow web",
            SourceZone = "trust",
            DestinationZone = _random.Pick(ServerZones),
            Username = named ? Users[client % Users.Length] : "N/A",
            Roles = named ? "staff" : "N/A",
            Reason = reason,
            RtFlowReason = bothSay && _random.Chance(UnsetShare) ? CloseReason.Unset : reason,
        };
    }

    private long Duration(SimulatedDevice device)
    {
        bool updates = device.Model.AppTrackUpdate.Length > 0;
        long durationMs = (long)Math.Min(_random.VeryHeavyTail(300), updates ? MaxDurationMs : MaxSilentMs);
        return updates && durationMs >= UpdateMs ? durationMs / 1000 * 1000 : durationMs;
    }

    private TrafficCurve Traffic(long durationMs)
    {
        double most = OnePacketBytes + (durationMs * LineBytesPerMs);
        long client = (long)Math.Min(_random.VeryHeavyTail(LeastClientBytes), most);
        long server = _random.Chance(0.1) ? 0 : (long)Math.Min(_random.VeryHeavyTail(LeastServerBytes), most);
        long clientPackets = 1 + (client / _random.Between(60, 1400)), serverPackets = 1 + (server / _random.Between(60, 1400));
        var total = new SimulatedVolume(client, server, clientPackets, server == 0 ? 0 : serverPackets);
        // The last part of a session is silent: it waits for its timeout or its last segments.
        return new TrafficCurve(_random, Math.Max(1, durationMs * _random.Between(50, 100) / 100), total);
    }

    private static string Client(SimulatedDevice device, int client, bool v6) => v6
        ? $"2001:db8:{device.Number + 1:x}::{client + 1:x}"
        : $"10.{device.Number + 1}.{client >> 8}.{client & 255}";

    private string Pooled() => $"203.0.113.{1 + _random.Next(8)}";

    private string Server(bool v6) => v6
        ? $"2001:db8:ffff::{1 + _random.Next(500):x}"
        : $"198.51.100.{1 + _random.Next(254)}";
}
