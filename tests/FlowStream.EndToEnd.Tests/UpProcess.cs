using System.Net;
using System.Net.Sockets;
using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary><c>flowstream up</c> on ports of its own.</summary>
internal sealed class UpProcess : IDisposable
{
    private readonly string _data;
    private readonly string[] _flags;
    private FlowStreamProcess _process;

    public UpProcess(string data, params string[] flags)
    {
        _data = data;
        _flags = flags;
        Bootstrap = $"127.0.0.1:{FreePort.Find()}";
        Syslog = new IPEndPoint(IPAddress.Loopback, FreePort.Find());
        Http = $"127.0.0.1:{FreePort.Find()}";
        _process = Start();
    }

    public string Bootstrap { get; }

    public IPEndPoint Syslog { get; }

    public string Http { get; }

    public string Errors => _process.Errors;

    /// <summary>kill -9, then the same again on the same data.</summary>
    public void KillAndStart()
    {
        _process.Kill();
        _process.Dispose();
        _process = Start();
    }

    public string WaitForLine(string text) => _process.WaitForLine(text);

    /// <summary>SIGTERM; returns the account that it prints at the end.</summary>
    public string Stop()
    {
        Assert.Equal(0, _process.Stop());
        return _process.RestOfOutput();
    }

    public List<string> Tail(params string[] topics) => [.. topics.SelectMany(topic => FlowStreamProcess
        .Run(0, "tail", topic, "--bootstrap", Bootstrap, "--from-beginning", "--exit-at-end")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    public void SendDatagram(byte[] datagram)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SendTo(datagram, Syslog);
    }

    /// <summary>Sends bytes on a connection of their own and waits until the other side has closed it.</summary>
    public static async Task SendAsync(IPEndPoint endpoint, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
            byte[] answer = new byte[1024];
            while (await stream.ReadAsync(answer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is how a system closes a connection on which bytes were left unread.
        }
    }

    public void Dispose() => _process.Dispose();

    private FlowStreamProcess Start()
    {
        FlowStreamProcess process = FlowStreamProcess.Start(
            ["up", "--data", _data, "--kafka", Bootstrap, "--syslog", Syslog.ToString(), "--http", Http, .. _flags]);
        process.WaitForLine("listening on tcp");
        return process;
    }
}
