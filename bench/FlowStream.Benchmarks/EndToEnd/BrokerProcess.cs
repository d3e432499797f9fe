using System.Net;
using System.Net.Sockets;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary><c>flowstream broker</c> on a new directory, which goes when it is disposed.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private readonly DirectoryInfo _data;

    private BrokerProcess(FlowStreamProcess process, DirectoryInfo data, string endpoint)
    {
        Process = process;
        _data = data;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens.</summary>
    public string Endpoint { get; }

    /// <summary>The process.</summary>
    public FlowStreamProcess Process { get; }

    /// <summary>Starts one on a free port.</summary>
    public static BrokerProcess Start()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("flowstream-bench-");
        string endpoint = $"127.0.0.1:{FreePort()}";
        var process = FlowStreamProcess.Start(data.FullName, "broker ready", "broker", "--listen", endpoint, "--data", data.FullName);
        return new BrokerProcess(process, data, endpoint);
    }

    public void Dispose()
    {
        Process.Dispose();
        _data.Delete(true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
