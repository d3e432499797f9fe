using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>A broker process and any number of topology processes, as on machines of their own.</summary>
internal sealed class Cluster : IDisposable
{
    // Short times, so that a test sees many commits and rebalances; the shortest session timeout that the broker accepts.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["FLOWSTREAM__TOPOLOGY__SESSIONTIMEOUT"] = "00:00:06",
        ["FLOWSTREAM__TOPOLOGY__COMMITINTERVAL"] = "00:00:00.100",
    };

    private readonly string _folder;
    private readonly Dictionary<string, FlowStreamProcess> _instances = [];
    private readonly Dictionary<string, string> _http = [];
    private FlowStreamProcess? _broker;

    public Cluster(string folder)
    {
        _folder = folder;
        Bootstrap = $"127.0.0.1:{FreePort.Find()}";
        StartBroker();
    }

    public string Bootstrap { get; }

    public IReadOnlyCollection<string> Instances => _instances.Keys;

    /// <summary>Where an instance answers questions about its sessions.</summary>
    public string Http(string instance) => _http[instance];

    public void StartBroker()
    {
        _broker = FlowStreamProcess.Start("broker", "--listen", Bootstrap, "--data", Path.Combine(_folder, "broker"));
        _broker.WaitForLine("broker ready");
    }

    public void KillBroker() => _broker!.Kill();

    /// <summary>Starts an instance; one that was there before finds its state again.</summary>
    public void Start(string instance)
    {
        _http[instance] = $"127.0.0.1:{FreePort.Find()}";
        _instances[instance] = FlowStreamProcess.Start(
            Settings, "topology", "--bootstrap", Bootstrap, "--state", Path.Combine(_folder, instance), "--http", _http[instance]);
    }

    /// <summary>kill -9.</summary>
    public void Kill(string instance)
    {
        _instances[instance].Kill();
        Remove(instance);
    }

    /// <summary>SIGTERM; the instance must leave in order.</summary>
    public void Stop(string instance)
    {
        // Before this line it has no handler for the signal yet.
        _instances[instance].WaitForLine("topology started");
        Assert.Equal(0, _instances[instance].Stop());
        Remove(instance);
    }

    /// <summary>The records of the output topics, as committed now.</summary>
    public List<string> Output() => [.. TruthFile.Topics.SelectMany(Tail)];

    public IEnumerable<string> Tail(string topic) => FlowStreamProcess
        .Run(0, "tail", topic, "--bootstrap", Bootstrap, "--from-beginning", "--exit-at-end")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Errors() => string.Join('\n', _instances.Select(i => $"{i.Key}: {i.Value.Errors}"));

    public void Dispose()
    {
        foreach (FlowStreamProcess instance in _instances.Values) instance.Dispose();
        _broker?.Dispose();
    }

    private void Remove(string instance)
    {
        _instances[instance].Dispose();
        _instances.Remove(instance);
    }
}
