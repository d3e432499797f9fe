using System.Net;
using System.Net.Sockets;

namespace FlowStream.Testing;

/// <summary>
/// A port for a program that must be told one before it listens. Nobody holds it meanwhile, so another program may take it; the system
/// hands out others first.
/// </summary>
public static class FreePort
{
    /// <summary>A TCP port on 127.0.0.1 that nothing listens on.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
