namespace FlowStream.Producers.Simulation;

/// <summary>One firewall: its name, its network and the ids it gives its sessions.</summary>
internal sealed class SimulatedDevice
{
    private readonly HashSet<long> _idsInUse = [];
    private long _lastId;
    private int _lastPort = FirstClientPort - 1;

    private const int FirstClientPort = 1024;

    /// <summary>Makes device <paramref name="number"/>, of PAN-OS or of a Junos model.</summary>
    public SimulatedDevice(int number, bool panos)
    {
        Number = number;
        Model = panos ? SimulatedModel.Panos : SimulatedModel.All[number % SimulatedModel.All.Length];
        Host = $"{Model.Name}-fw{number + 1}";
        _lastId = Model.FirstSessionId - 1;
    }

    /// <summary>Its number from 0.</summary>
    public int Number { get; }

    /// <summary>True for PAN-OS.</summary>
    public bool IsPanos => Model == SimulatedModel.Panos;

    /// <summary>Its serial number, which PAN-OS prints.</summary>
    public string Serial => $"0123456{Number:00000}";

    /// <summary>What it is.</summary>
    public SimulatedModel Model { get; }

    /// <summary>The host name in its messages.</summary>
    public string Host { get; }

    /// <summary>
    /// The next port of its clients. They take turns in one sequence, so that a session has the same addresses, ports and id as an earlier
    /// one only after all ports were used.
    /// </summary>
    public int NextClientPort()
    {
        _lastPort = _lastPort == ushort.MaxValue ? FirstClientPort : _lastPort + 1;
        return _lastPort;
    }

    /// <summary>Takes the next free id. A small device soon comes round; with all ids in use it counts on beyond the highest.</summary>
    public long TakeId()
    {
        long range = Model.MaxSessionId - Model.FirstSessionId + 1;
        do
        {
            bool wraps = _lastId >= Model.MaxSessionId && _idsInUse.Count < range;
            _lastId = wraps ? Model.FirstSessionId : _lastId + 1;
        }
        while (!_idsInUse.Add(_lastId));
        return _lastId;
    }

    /// <summary>Gives an id back when its session has ended.</summary>
    public void ReleaseId(long id) => _idsInUse.Remove(id);
}
