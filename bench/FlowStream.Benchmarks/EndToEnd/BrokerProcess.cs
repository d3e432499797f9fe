using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary><c>flowstream broker</c> in a process of its own on a new directory, so that its work is not measured as ours.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private BrokerProcess(Process process, DirectoryInfo data, string endpoint)
    {
        _process = process;
        _data = data;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens.</summary>
    public string Endpoint { get; }

    /// <summary>CPU time it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static BrokerProcess Start()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("flowstream-bench-");
        string endpoint = $"127.0.0.1:{FreePort()}";
        Process process = Command.Start("broker", "--listen", endpoint, "--data", data.FullName);
        while (process.StandardOutput.ReadLine() is { } line)
            if (line.StartsWith("broker ready", StringComparison.Ordinal)) return new BrokerProcess(process, data, endpoint);
        throw new InvalidOperationException("The broker did not start; run it by hand to see why.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _data.Delete(true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
