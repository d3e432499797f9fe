namespace FlowStream.Sessions;

/// <summary>Bytes and packets in each direction. Running totals and differences of them are both volumes.</summary>
/// <param name="BytesFromClient">Bytes from client to server.</param>
/// <param name="BytesFromServer">Bytes from server to client.</param>
/// <param name="PacketsFromClient">Packets from client to server.</param>
/// <param name="PacketsFromServer">Packets from server to client.</param>
public readonly record struct Volume(long BytesFromClient, long BytesFromServer, long PacketsFromClient, long PacketsFromServer)
{
    /// <summary>True when nothing moved.</summary>
    public bool IsZero => (BytesFromClient | BytesFromServer | PacketsFromClient | PacketsFromServer) == 0;

    /// <summary>True when bytes moved, in either direction.</summary>
    public bool HasBytes => (BytesFromClient | BytesFromServer) != 0;

    /// <summary>The difference, field by field.</summary>
    public static Volume operator -(Volume left, Volume right) => new(
        left.BytesFromClient - right.BytesFromClient,
        left.BytesFromServer - right.BytesFromServer,
        left.PacketsFromClient - right.PacketsFromClient,
        left.PacketsFromServer - right.PacketsFromServer);

    /// <summary>The sum, field by field.</summary>
    public static Volume operator +(Volume left, Volume right) => new(
        left.BytesFromClient + right.BytesFromClient,
        left.BytesFromServer + right.BytesFromServer,
        left.PacketsFromClient + right.PacketsFromClient,
        left.PacketsFromServer + right.PacketsFromServer);

    /// <summary>The higher of both, field by field.</summary>
    public static Volume Max(in Volume left, in Volume right) => new(
        Math.Max(left.BytesFromClient, right.BytesFromClient),
        Math.Max(left.BytesFromServer, right.BytesFromServer),
        Math.Max(left.PacketsFromClient, right.PacketsFromClient),
        Math.Max(left.PacketsFromServer, right.PacketsFromServer));
}
