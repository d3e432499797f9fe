using System.Net;
using System.Net.Sockets;
using FlowStream.Producers.Simulation;

namespace FlowStream.Cli;

/// <summary>Simulated firewalls that send to a syslog port by UDP in real time, until stopped.</summary>
internal sealed class DemoFirewalls
{
    // Enough that something always moves on the screen, little enough for any machine.
    private const double SessionsPerSecond = 20;

    private readonly TimeProvider _clock;

    public DemoFirewalls(TimeProvider clock) => _clock = clock;

    public async Task RunAsync(IPEndPoint syslog, CancellationToken stopping)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        var simulator = new TrafficSimulator(new SimulationOptions
        {
            // Another run shows other traffic; nothing is compared with it.
            Seed = (ulong)now.ToUnixTimeMilliseconds(),
            Sessions = long.MaxValue,
            SessionsPerSecond = SessionsPerSecond,
            Start = now,
        });
        using var socket = new Socket(syslog.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            while (simulator.MoveNext())
            {
                TimeSpan ahead = DateTimeOffset.FromUnixTimeMilliseconds(simulator.TimestampMs) - _clock.GetUtcNow();
                if (ahead > TimeSpan.Zero) await Task.Delay(ahead, _clock, stopping).ConfigureAwait(false);
                await socket.SendToAsync(simulator.Line, SocketFlags.None, syslog, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }
}
